/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import dev.wattle.core.energy.EnergyUnits;
import java.util.List;

/**
 * The part of the CO2e of making hardware that a run is charged with: {@code M = TE * TS * RS} of the Software Carbon Intensity
 * specification (ISO/IEC 21031:2024). Immutable.
 *
 * @param kgCo2e total embodied emissions of the hardware, TE, in kilograms of CO2e
 * @param reservedNanos the time the hardware was reserved, TiR, in nanoseconds
 * @param lifetimeYears its expected lifespan, EL, in years of 365 days
 * @param share resources reserved over all of the hardware's, RS, above 0 to 1
 * @param basis what the hardware is and where the figure comes from, a phrase each
 */
public record EmbodiedShare(double kgCo2e, long reservedNanos, double lifetimeYears, double share, List<String> basis) {

    private static final double SECONDS_PER_YEAR = 365 * 24 * 3_600.0;

    /** TS: the part of its life for which the hardware was reserved. */
    public double timeShare() {
        return EnergyUnits.seconds(reservedNanos) / (lifetimeYears * SECONDS_PER_YEAR);
    }

    /** M, in grams of CO2e. */
    public double gramsCo2e() {
        return kgCo2e * 1_000 * timeShare() * share;
    }
}
