/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import java.util.Locale;

/**
 * One unit and one number of decimals for all figures of a column, so that they are easy to compare. The largest has four
 * significant digits; one that is much smaller has three.
 *
 * @param unit the unit's name, for the column's head
 * @param size the unit's size in the unit of the figures
 * @param decimals the number of decimals
 */
public record UnitScale(String unit, double size, int decimals) {

    private static final int MAX_DECIMALS = 4;

    /** The significant digits of a figure that is much smaller than the largest. */
    private static final int MIN_DIGITS = 3;

    /** From here on a figure has an exponent. */
    private static final double EXPONENT_FROM = 1e7;

    /** In characters: with six such columns a line of the table of epochs has its maximum width. */
    private static final int MAX_WIDTH = 9;

    /** A unit for columns whose largest figure is at least {@code from}. */
    record Unit(String name, double size, double from) {}

    private static final Unit[] SECONDS = {new Unit("s", 1, 0), new Unit("min", 60, 600), new Unit("h", 3_600, 36_000)};
    private static final Unit[] JOULES = {
        new Unit("mJ", 1e-3, 0), new Unit("J", 1, 1), new Unit("kJ", 1e3, 1e4), new Unit("MJ", 1e6, 1e7)
    };
    private static final Unit[] TOTAL_JOULES = {
        new Unit("J", 1, 0), new Unit("kJ", 1e3, 1e4), new Unit("MJ", 1e6, 1e7), new Unit("GJ", 1e9, 1e10)
    };
    private static final Unit[] WATT_HOURS = {new Unit("Wh", 1, 0), new Unit("kWh", 1e3, 1e3), new Unit("MWh", 1e6, 1e6)
    };
    private static final Unit[] GRAMS = {
        new Unit("mg", 1e-3, 0), new Unit("g", 1, 1), new Unit("kg", 1e3, 1e3), new Unit("t", 1e6, 1e6)
    };

    /** For times in seconds. */
    public static UnitScale seconds(double largest) {
        return of(largest, SECONDS);
    }

    /** For energies in joules, of which the largest may be less than a joule, as those of samples are. */
    public static UnitScale joules(double largest) {
        return of(largest, JOULES);
    }

    /** For the energy of a run and its parts, in joules; at least joules, with one or two decimals. */
    public static UnitScale totalJoules(double largest) {
        UnitScale scale = of(largest, TOTAL_JOULES);
        return new UnitScale(scale.unit(), scale.size(), largest / scale.size() < 100 ? 2 : 1);
    }

    /** For energies in watt-hours. */
    public static UnitScale wattHours(double largest) {
        return of(largest, WATT_HOURS);
    }

    /** For masses in grams. */
    public static UnitScale grams(double largest) {
        return of(largest, GRAMS);
    }

    /** For numbers without a unit. */
    public static UnitScale plain(double largest) {
        return of(largest, new Unit("", 1, 0));
    }

    private static UnitScale of(double largest, Unit... units) {
        Unit chosen = units[0];
        for (Unit unit : units) {
            chosen = largest >= unit.from() ? unit : chosen;
        }
        return new UnitScale(chosen.name(), chosen.size(), decimals(largest / chosen.size()));
    }

    private static int decimals(double largest) {
        int magnitude = largest > 0 && Double.isFinite(largest) ? (int) Math.floor(Math.log10(largest)) : 0;
        return Math.max(0, Math.min(MAX_DECIMALS, 3 - magnitude));
    }

    /** The same unit with decimals for a column whose figures are smaller. */
    public UnitScale forColumn(double largest) {
        return new UnitScale(unit, size, decimals(largest / size));
    }

    /** The figure with its unit. */
    public String text(double value) {
        return of(value) + " " + unit;
    }

    /** The figure in this unit; a dash for NaN. */
    public String of(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        double scaled = value / size;
        String text = decimal(scaled);
        if (text.length() > MAX_WIDTH) {
            text = String.format((Locale) null, "%.2e", scaled);
        }
        return text.length() > MAX_WIDTH ? String.format((Locale) null, "%.1e", scaled) : text;
    }

    private String decimal(double scaled) {
        double magnitude = Math.abs(scaled);
        return magnitude > 0 && magnitude < Math.pow(10, MIN_DIGITS - 1 - decimals)
                ? QuantityFormat.digits(scaled, MIN_DIGITS)
                : String.format((Locale) null, magnitude < EXPONENT_FROM ? "%." + decimals + "f" : "%.2e", scaled);
    }
}
