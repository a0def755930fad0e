/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import java.util.OptionalDouble;

/**
 * What the user says about the CO2e of making the hardware. Immutable.
 *
 * @param kgCo2e kilograms of CO2e of the machine; empty where not given
 * @param automatic whether published figures of the accelerators are used where nothing is given
 * @param lifetimeYears how long the hardware is used in all, in years
 * @param share which part of the hardware the run has reserved, above 0 to 1
 */
public record EmbodiedSettings(OptionalDouble kgCo2e, boolean automatic, double lifetimeYears, double share) {

    /** The lifetime that Cloud Carbon Footprint and the example of the SCI specification assume, in years. */
    public static final double DEFAULT_LIFETIME_YEARS = 4;

    /** The shortest and the longest lifetime that is taken for one, in years. */
    public static final double MIN_LIFETIME_YEARS = 0.5;

    public static final double MAX_LIFETIME_YEARS = 30;

    /** More than a hall of servers: a figure in a wrong unit. */
    public static final double MAX_KG_CO2E = 1e6;

    /** Nothing is known or asked for: no SCI score. */
    public static final EmbodiedSettings OFF =
            new EmbodiedSettings(OptionalDouble.empty(), false, DEFAULT_LIFETIME_YEARS, 1);

    /** @throws IllegalArgumentException if a number is out of its range */
    public EmbodiedSettings {
        kgCo2e.ifPresent(kilograms -> requireInRange(kilograms, 0, MAX_KG_CO2E));
        requireInRange(lifetimeYears, MIN_LIFETIME_YEARS, MAX_LIFETIME_YEARS);
        requireInRange(share, Double.MIN_VALUE, 1);
    }

    private static void requireInRange(double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(value + " is not from " + min + " to " + max);
        }
    }
}
