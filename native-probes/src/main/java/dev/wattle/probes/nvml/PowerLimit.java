/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.probe.Sensor;
import java.util.List;

/** Asks the driver for a GPU's power limits, in microwatts; {@link Sensor#NO_LIMIT} where it reports none. */
final class PowerLimit {
    private static final long MIN_MILLIWATTS = 1_000;
    private static final long MAX_MILLIWATTS = 100_000_000;
    private static final long MICROS_PER_MILLI = 1_000;

    private PowerLimit() {}

    /** The higher of the limit that can be set and the limit in force. */
    static long maximum(Nvml nvml, long handle) {
        long limit = Sensor.NO_LIMIT;
        if (nvml.powerLimits(handle) == NvmlReturn.SUCCESS) {
            limit = plausible(Integer.toUnsignedLong(nvml.secondNumber()));
        }
        return Math.max(limit, inForce(nvml, handle));
    }

    /** The same of the module that the GPU shares with a processor. */
    static long maximumOfModule(Nvml nvml, long handle) {
        long limit = Sensor.NO_LIMIT;
        for (int field : List.of(Nvml.FIELD_POWER_MAX_LIMIT, Nvml.FIELD_POWER_CURRENT_LIMIT)) {
            if (nvml.field(handle, field, Nvml.SCOPE_MODULE) == NvmlReturn.SUCCESS) {
                limit = Math.max(limit, plausible(nvml.longNumber()));
            }
        }
        return limit;
    }

    static long inForce(Nvml nvml, long handle) {
        return nvml.powerLimit(handle) == NvmlReturn.SUCCESS
                ? plausible(Integer.toUnsignedLong(nvml.number()))
                : Sensor.NO_LIMIT;
    }

    /** A driver that reports 0, or the largest number of a field, has no limit. */
    private static long plausible(long milliwatts) {
        return milliwatts >= MIN_MILLIWATTS && milliwatts <= MAX_MILLIWATTS
                ? MICROS_PER_MILLI * milliwatts
                : Sensor.NO_LIMIT;
    }
}
