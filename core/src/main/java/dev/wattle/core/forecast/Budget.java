/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much energy, CO2e or time a run may use. Immutable.
 *
 * @param kind what is limited
 * @param amount the limit in microjoules, grams of CO2e or nanoseconds, by kind; above 0
 * @param text the limit as it was configured
 */
public record Budget(Kind kind, double amount, String text) {

    /** What a budget limits. */
    public enum Kind {
        /** Energy in microjoules. */
        ENERGY,
        /** CO2e in grams. */
        CO2E,
        /** Time in nanoseconds. */
        TIME;

        private final String tag = name().toLowerCase(Locale.ROOT);

        /** Its name in journals and meters. */
        public String tag() {
            return tag;
        }
    }

    /** The values that {@link #parse} accepts, in words. */
    public static final String ALLOWED =
            "an energy (J, kJ, MJ, GJ, Wh, kWh, MWh), CO2e (gCO2e, kgCO2e, tCO2e) or a time (s, min, h, d), such as 2kWh,"
                    + " 500gCO2e or 90min";

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*([A-Za-z]\\w*)");
    private static final double MICROJOULES_PER_WH = EnergyUnits.MICROJOULES_PER_KWH / 1_000;

    private record Unit(Kind kind, double size) {}

    private static final Map<String, Unit> UNITS = Map.ofEntries(
            Map.entry("j", new Unit(Kind.ENERGY, 1e6)),
            Map.entry("kj", new Unit(Kind.ENERGY, 1e9)),
            Map.entry("mj", new Unit(Kind.ENERGY, 1e12)),
            Map.entry("gj", new Unit(Kind.ENERGY, 1e15)),
            Map.entry("wh", new Unit(Kind.ENERGY, MICROJOULES_PER_WH)),
            Map.entry("kwh", new Unit(Kind.ENERGY, 1e3 * MICROJOULES_PER_WH)),
            Map.entry("mwh", new Unit(Kind.ENERGY, 1e6 * MICROJOULES_PER_WH)),
            Map.entry("gco2e", new Unit(Kind.CO2E, 1)),
            Map.entry("kgco2e", new Unit(Kind.CO2E, 1e3)),
            Map.entry("tco2e", new Unit(Kind.CO2E, 1e6)),
            Map.entry("s", new Unit(Kind.TIME, 1e9)),
            Map.entry("min", new Unit(Kind.TIME, 60e9)),
            Map.entry("h", new Unit(Kind.TIME, 3_600e9)),
            Map.entry("d", new Unit(Kind.TIME, 86_400e9)));

    /**
     * Reads a number with a unit, in any case. It rejects {@code mJ} and {@code mWh}: in any case includes {@code MJ} and
     * {@code MWh}, a billion times as much.
     *
     * @throws IllegalArgumentException if the text is not a budget; the message says why
     */
    public static Budget parse(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a number with a unit");
        }
        String name = matcher.group(2);
        Unit unit = UNITS.get(name.toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw new IllegalArgumentException("'" + name + "' is not a unit of energy, CO2e or time");
        }
        if (name.equals("mJ") || name.equals("mWh")) {
            throw new IllegalArgumentException("'" + name + "' is a thousandth; for a million write M");
        }
        double number = Double.parseDouble(matcher.group(1));
        if (number == 0) {
            throw new IllegalArgumentException("it must be more than 0");
        }
        return new Budget(unit.kind(), number * unit.size(), text.strip());
    }

    /** The part of it that this energy and time use; above 1 where they exceed it. */
    public double usedRatio(long microjoules, long nanos, CarbonSettings carbon) {
        return usedRatio(microjoules, carbon.gramsCo2e(microjoules), nanos);
    }

    /** The part of it that this energy, CO2e and time use; above 1 where they exceed it. */
    public double usedRatio(long microjoules, double gramsCo2e, long nanos) {
        double used = switch (kind) {
            case ENERGY -> microjoules;
            case CO2E -> gramsCo2e;
            case TIME -> nanos;
        };
        return used / amount;
    }
}
