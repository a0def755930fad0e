/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Sensor;

/**
 * The highest plausible power of a domain over a second or more.
 *
 * <p>Hardware that reports a limit: three times the limit. Regulators act within milliseconds to seconds, a limit may be
 * raised during a run, and a wrong unit is wrong by far more. The bound is at least 500 W, since some limits are only the
 * thermal design power of a small part. Hardware without a limit: more than any hardware of its kind draws.
 */
public final class PlausiblePower {

    private static final long WATT = 1_000_000;

    private static final int LIMIT_FACTOR = 3;

    private static final long MIN_WATTS = 500;

    /** Beyond every machine; keeps products with times inside 63 bits. */
    private static final long MAX_WATTS = 100_000;

    private PlausiblePower() {}

    /**
     * The bound, in microwatts.
     *
     * @param limitMicrowatts as in {@link Sensor#limitMicrowatts()}
     */
    public static long microwatts(Component component, long limitMicrowatts) {
        if (limitMicrowatts == Sensor.NO_LIMIT) {
            return watts(component) * WATT;
        }
        long limit = Math.min(limitMicrowatts, MAX_WATTS * WATT);
        return Math.min(Math.max(LIMIT_FACTOR * limit, MIN_WATTS * WATT), MAX_WATTS * WATT);
    }

    /** The bound of a domain, in microwatts. */
    public static long microwatts(EnergyDomain domain) {
        return microwatts(domain.component(), domain.sensor().limitMicrowatts());
    }

    /**
     * The largest processor packages of 2026 are specified at 500 to 600 W, the largest boards at 1.4 kW, with 3.6 kW
     * announced for 2027 and more for modules of two; a socket's memory draws up to 400 W.
     */
    private static long watts(Component component) {
        return switch (component) {
            case CPU -> 2_000;
            case DRAM -> 1_000;
            case GPU -> 10_000;
        };
    }
}
