/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

/** Converts the meter's integer units, microjoules, microwatts and nanoseconds, to SI units and kWh. */
public final class EnergyUnits {

    /** 1 kWh is 3.6 MJ, by definition of the hour and the watt. */
    public static final double MICROJOULES_PER_KWH = 3.6e12;

    private static final double MICRO_PER_UNIT = 1e6;
    private static final double NANO_PER_UNIT = 1e9;

    private EnergyUnits() {}

    /** Microjoules as joules. */
    public static double joules(long microjoules) {
        return microjoules / MICRO_PER_UNIT;
    }

    /** Microjoules as kilowatt-hours. */
    public static double kwh(long microjoules) {
        return microjoules / MICROJOULES_PER_KWH;
    }

    /** Microwatts as watts. */
    public static double watts(long microwatts) {
        return microwatts / MICRO_PER_UNIT;
    }

    /** Nanoseconds as seconds. */
    public static double seconds(long nanos) {
        return nanos / NANO_PER_UNIT;
    }

    /** The mean power of an energy over a time, in microwatts, rounded. */
    public static long meanMicrowatts(long microjoules, long nanos) {
        return Math.round((double) microjoules / nanos * 1_000_000_000L);
    }
}
