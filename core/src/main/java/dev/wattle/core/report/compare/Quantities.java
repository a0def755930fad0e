/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.compare;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.report.text.UnitScale;
import java.util.Locale;

/** Numbers with their units, as reports about runs that have ended write them. */
public final class Quantities {

    private static final int DIGITS = 4;
    private static final double MIN_PLAIN = 1e-6;
    private static final double MAX_PLAIN = 1e10;

    private Quantities() {}

    /** Four significant digits, without an exponent from a millionth to ten billions; a dash for NaN. */
    public static String digits(double value) {
        return digits(value, DIGITS);
    }

    /** So many significant digits, without an exponent from a millionth to ten billions; a dash for NaN. */
    public static String digits(double value, int count) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size < MIN_PLAIN || size >= MAX_PLAIN) {
            return String.format((Locale) null, "%.2e", value);
        }
        int magnitude = (int) Math.floor(Math.log10(size));
        return String.format((Locale) null, "%." + Math.max(0, count - 1 - magnitude) + "f", value);
    }

    /** A time in the two largest units that fit. */
    public static String duration(double seconds) {
        if (seconds < 60) {
            return String.format((Locale) null, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        long hours = whole / 3600;
        return hours == 0
                ? whole / 60 + " min " + whole % 60 + " s"
                : String.format((Locale) null, "%,d h %d min", hours, whole % 3600 / 60);
    }

    /** The unit for energies of runs, in joules, up to the largest. */
    public static UnitScale joules(double largest) {
        double size = largest >= 1e10 ? 1e9 : largest >= 1e7 ? 1e6 : largest >= 1e4 ? 1e3 : 1;
        String unit = size == 1 ? "J" : size == 1e3 ? "kJ" : size == 1e6 ? "MJ" : "GJ";
        return new UnitScale(unit, size, largest / size < 100 ? 2 : 1);
    }

    /** An energy by itself, with its unit. */
    public static String energy(long microjoules) {
        double joules = EnergyUnits.joules(microjoules);
        return text(joules(joules), joules);
    }

    /** A figure with its unit. */
    public static String text(UnitScale scale, double value) {
        return scale.of(value) + " " + scale.unit();
    }
}
