/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.energy.EnergyUnits;
import java.util.Locale;

/** Formats quantities for people, with three or four significant digits and a fitting unit prefix. */
public final class QuantityFormat {

    private static final String[] WATTS = {"W", "kW", "MW"};

    /** Below, seconds with a decimal would have one digit that counts, or none. */
    private static final double SHORT_SECONDS = 0.1;

    private QuantityFormat() {}

    /** An energy by itself, in J, kJ, MJ or GJ; those of one run are written by its {@link RunUnits}. */
    public static String joules(long microjoules) {
        double joules = EnergyUnits.joules(microjoules);
        return UnitScale.totalJoules(joules).text(joules);
    }

    /** An energy by itself, in Wh, kWh or MWh. */
    public static String wattHours(double kwh) {
        return UnitScale.wattHours(1e3 * kwh).text(1e3 * kwh);
    }

    /** Power; a dash where it is negative, which means unknown. */
    public static String watts(long microwatts) {
        return microwatts < 0 ? "-" : scaled(EnergyUnits.watts(microwatts), WATTS);
    }

    /** A mass by itself, in mg, g, kg or t. */
    public static String grams(double grams) {
        return UnitScale.grams(grams).text(grams);
    }

    /** A duration, in the two largest units that fit. */
    public static String duration(long nanos) {
        double seconds = EnergyUnits.seconds(nanos);
        if (nanos > 0 && seconds < SHORT_SECONDS) {
            return String.format((Locale) null, seconds < 1e-3 ? "%.2f ms" : "%.0f ms", 1e3 * seconds);
        }
        if (seconds < 60) {
            return String.format((Locale) null, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        long hours = whole / 3600;
        String minutes = whole % 3600 / 60 + " min " + whole % 60 + " s";
        return hours == 0 ? minutes : hours + " h " + minutes;
    }

    /** The duration of a run that has ended, to the minute where that is enough. */
    public static String wholeDuration(double seconds) {
        if (seconds < 60) {
            return String.format((Locale) null, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        long hours = whole / 3600;
        return hours == 0
                ? whole / 60 + " min " + whole % 60 + " s"
                : String.format((Locale) null, "%,d h %d min", hours, whole % 3600 / 60);
    }

    /** Four significant digits, without an exponent from a millionth to ten billion; a dash for NaN. */
    public static String digits(double value) {
        return digits(value, 4);
    }

    /** {@code count} significant digits, without an exponent from a millionth to ten billion; a dash for NaN. */
    public static String digits(double value, int count) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (value == 0) {
            return "0";
        }
        int magnitude = (int) Math.floor(Math.log10(Math.abs(value)));
        if (magnitude < -6 || magnitude > 9) {
            return String.format((Locale) null, "%.2e", value);
        }
        return String.format((Locale) null, "%." + Math.max(0, count - 1 - magnitude) + "f", value);
    }

    private static String scaled(double value, String[] units) {
        int unit = 0;
        double scaled = value;
        while (scaled >= 10_000 && unit < units.length - 1) {
            scaled /= 1_000;
            unit++;
        }
        return String.format((Locale) null, scaled < 100 ? "%.2f %s" : "%.1f %s", scaled, units[unit]);
    }
}
