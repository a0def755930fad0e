/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import java.util.Locale;

/**
 * One unit and one number of decimals for all figures of a column, so that they can be compared at a glance: the largest
 * keeps four digits that count, and one that is much smaller three.
 *
 * @param unit its name, for the column's head
 * @param size how many of the figure's own units it is
 */
record UnitScale(String unit, double size, int decimals) {

    private static final int MOST_DECIMALS = 4;

    /** A figure that is much smaller than the largest has so many digits that count all the same. */
    private static final int FEWEST_DIGITS = 3;

    /** Beyond this many digits a figure is written with an exponent. */
    private static final double LARGEST = 1e7;

    /** In characters: six such columns and the epochs' numbers are as wide as a line may be. */
    private static final int WIDEST = 9;

    /** A unit that may be chosen, for largest figures from so much on. */
    record Unit(String name, double size, double from) {}

    private static final Unit[] SECONDS = {new Unit("s", 1, 0), new Unit("min", 60, 600), new Unit("h", 3_600, 36_000)};
    private static final Unit[] JOULES = {
        new Unit("mJ", 1e-3, 0), new Unit("J", 1, 1), new Unit("kJ", 1e3, 1e4), new Unit("MJ", 1e6, 1e7)
    };
    private static final Unit[] WATT_HOURS = {
        new Unit("uWh", 1e-6, 0),
        new Unit("mWh", 1e-3, 1e-3),
        new Unit("Wh", 1, 1),
        new Unit("kWh", 1e3, 1e3),
        new Unit("MWh", 1e6, 1e6)
    };
    private static final Unit[] GRAMS = {
        new Unit("ug", 1e-6, 0), new Unit("mg", 1e-3, 1e-3), new Unit("g", 1, 1), new Unit("kg", 1e3, 1e3)
    };

    /** For times in seconds. */
    static UnitScale seconds(double largest) {
        return of(largest, SECONDS);
    }

    /** For energies in joules. */
    static UnitScale joules(double largest) {
        return of(largest, JOULES);
    }

    /** For energies in watt-hours. */
    static UnitScale wattHours(double largest) {
        return of(largest, WATT_HOURS);
    }

    /** For masses in grams. */
    static UnitScale grams(double largest) {
        return of(largest, GRAMS);
    }

    /** For numbers without a unit. */
    static UnitScale plain(double largest) {
        return of(largest, new Unit("", 1, 0));
    }

    private static UnitScale of(double largest, Unit... units) {
        Unit chosen = units[0];
        for (Unit unit : units) {
            chosen = largest >= unit.from() ? unit : chosen;
        }
        double scaled = largest / chosen.size();
        int magnitude = scaled > 0 && Double.isFinite(scaled) ? (int) Math.floor(Math.log10(scaled)) : 0;
        return new UnitScale(chosen.name(), chosen.size(), Math.max(0, Math.min(MOST_DECIMALS, 3 - magnitude)));
    }

    /** A figure in this unit; a dash where it is not known. */
    String of(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        double scaled = value / size;
        String text = decimal(scaled);
        if (text.length() > WIDEST) {
            text = String.format((Locale) null, "%.2e", scaled);
        }
        return text.length() > WIDEST ? String.format((Locale) null, "%.1e", scaled) : text;
    }

    private String decimal(double scaled) {
        double magnitude = Math.abs(scaled);
        return magnitude > 0 && magnitude < Math.pow(10, FEWEST_DIGITS - 1 - decimals)
                ? QuantityFormat.digits(scaled, FEWEST_DIGITS)
                : String.format((Locale) null, magnitude < LARGEST ? "%." + decimals + "f" : "%.2e", scaled);
    }
}
