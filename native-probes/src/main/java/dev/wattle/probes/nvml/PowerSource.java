/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.probe.Sensor;
import java.util.List;

/**
 * A function or field that reports a board's power, and what that sensor really shows.
 *
 * <p>Windows and periods are those measured on over seventy boards by Yang, Adamek and Armour ("Part-time power
 * measurements", arXiv 2312.02741, 2023; SC24). A value is as old as the sensor's last update, half a period on average,
 * so a sensor lags by half its window and half its period.
 *
 * @param field the field to read, or {@link #USAGE} for the function that reports the board's power
 * @param lagNanos how old a value is
 * @param coveragePercent the part of the time that the sensor measures
 * @param description what the sensor shows, in words for the user
 */
record PowerSource(int field, long lagNanos, int coveragePercent, String description) {
    static final int USAGE = 0;

    private static final long MILLI = 1_000_000L;
    private static final long MIN_RHYTHM_NANOS = 50 * MILLI;

    /** For an unknown board, only a driver newer than 530 is known to report a mean over a second. */
    private static final PowerSource UNKNOWN = new PowerSource(USAGE, 0, 100, "power, of unknown window");

    private static final PowerSource MEAN_FIELD =
            new PowerSource(Nvml.FIELD_POWER_AVERAGE, 550 * MILLI, 100, "power, mean over 1 s (field 185)");
    private static final PowerSource MEAN_USAGE = new PowerSource(USAGE, 550 * MILLI, 100, "power, mean over 1 s");
    private static final PowerSource TENTH_USAGE = new PowerSource(USAGE, 100 * MILLI, 100, "power, mean over 100 ms");
    private static final PowerSource TENTH_FIELD =
            new PowerSource(Nvml.FIELD_POWER_INSTANT, 100 * MILLI, 100, "power, mean over 100 ms (field 186)");
    private static final PowerSource QUARTER_USAGE =
            new PowerSource(USAGE, 62 * MILLI, 25, "power, 25 ms of each 100 ms");
    private static final PowerSource QUARTER_FIELD =
            new PowerSource(Nvml.FIELD_POWER_INSTANT, 62 * MILLI, 25, "power, 25 ms of each 100 ms (field 186)");
    private static final PowerSource HALF_USAGE = new PowerSource(USAGE, 15 * MILLI, 50, "power, 10 ms of each 20 ms");

    /** A first-order filter lags by its time constant. */
    private static final PowerSource FILTERED_USAGE =
            new PowerSource(USAGE, 150 * MILLI, 100, "power, smoothed over 100 ms");

    /**
     * What to try for a board, best first.
     *
     * @param major the first number of its CUDA compute capability; 0 where unknown
     * @param minor the second number
     * @param driver the first number of the driver's version; 0 where unknown
     */
    static List<PowerSource> of(int major, int minor, int driver) {
        if (major == 0) {
            return List.of(MEAN_FIELD, UNKNOWN);
        }
        if (major >= 9) {
            return List.of(MEAN_FIELD, MEAN_USAGE, QUARTER_FIELD);
        }
        if (major == 8 && minor > 0) {
            // Ampere except GA100, and Ada: only drivers 530.x report the mean over 100 ms.
            return List.of(MEAN_FIELD, driver == 530 ? TENTH_USAGE : MEAN_USAGE, TENTH_FIELD);
        }
        if (major == 8) {
            return List.of(QUARTER_USAGE, QUARTER_FIELD);
        }
        if (major == 7 && minor >= 5) {
            return List.of(TENTH_USAGE, TENTH_FIELD);
        }
        return List.of(major >= 6 ? HALF_USAGE : FILTERED_USAGE);
    }

    /** A sensor that updates several times between two readings is read at once; a slower one in its own rhythm. */
    Sensor.Power sensor() {
        return new Sensor.Power(lagNanos, lagNanos < MIN_RHYTHM_NANOS);
    }

    int read(Nvml nvml, long device) {
        return field == USAGE ? nvml.power(device) : nvml.field(device, field, Nvml.SCOPE_GPU);
    }

    /** The value in microwatts, after a successful {@link #read}. */
    long microwatts(Nvml nvml) {
        return 1_000 * (field == USAGE ? Integer.toUnsignedLong(nvml.number()) : nvml.longNumber());
    }

    boolean seesAll() {
        return coveragePercent == 100;
    }
}
