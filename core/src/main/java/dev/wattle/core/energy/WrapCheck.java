/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import dev.wattle.core.probe.Sensor;

/**
 * Distinguishes a counter that wrapped from one that was reset: both show a lower value than before.
 *
 * <p>Between two readings close to each other a wrap is certain, since only a counter near the end of its range can have
 * reached it. Close means less than a second, or less time than a sixteenth of the range lasts at the bound. After longer, a
 * wrap is believed if its energy is at most a quarter of the range and at most twice the highest power seen so far. Else a
 * reset explains the value as well, and the energy is not known. For one thread.
 */
final class WrapCheck {

    private static final long CLOSE_MICROS = 1_000_000;
    private static final int CLOSE_PART = 16;
    private static final int SMALL_PART = 4;
    private static final int MAX_RATIO = 2;

    /** Hardware whose range would be used up sooner at the bound draws far less. */
    private static final long MIN_HORIZON_MICROS = 2_000_000;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long rangeMicrojoules;
    private final long boundWatts;
    private final long horizonMicros;

    private boolean anchored;
    private long anchorNanos;
    private long anchorMicrojoules;
    private double highestWatts;

    /** @param boundWatts the highest plausible power for seconds; over minutes half of it is taken as the maximum */
    WrapCheck(long rangeMicrojoules, long boundWatts) {
        this.rangeMicrojoules = rangeMicrojoules;
        this.boundWatts = boundWatts;
        this.horizonMicros = rangeMicrojoules == 0
                ? Long.MAX_VALUE
                : Math.max(MAX_RATIO * (rangeMicrojoules / boundWatts), MIN_HORIZON_MICROS);
    }

    /** As in {@link Sensor.Counter}. */
    long rangeMicrojoules() {
        return rangeMicrojoules;
    }

    /** Whether the counter may have wrapped more than once in this time. */
    boolean isTooLong(long nanos) {
        return nanos / 1_000 > horizonMicros;
    }

    /**
     * The energy of a step to a lower value.
     *
     * @param step the difference of the values, below 0
     * @param micros the time between the two
     * @return the energy in microjoules; negative if the step is not known to be a wrap
     */
    long unwrap(long step, long micros) {
        long unwrapped = step + rangeMicrojoules;
        if (rangeMicrojoules == 0 || unwrapped < 0) {
            return -1;
        }
        boolean close = micros < CLOSE_MICROS || boundWatts * micros <= rangeMicrojoules / CLOSE_PART;
        boolean small = unwrapped <= rangeMicrojoules / SMALL_PART;
        boolean usual = highestWatts == 0 || unwrapped <= MAX_RATIO * highestWatts * micros;
        return close || (small && usual) ? unwrapped : -1;
    }

    /** Notes the energy until an instant, for the highest power over a second or more. */
    void used(long nanos, long cumulativeMicrojoules) {
        if (!anchored) {
            anchored = true;
            anchorNanos = nanos;
            anchorMicrojoules = cumulativeMicrojoules;
        } else if (nanos - anchorNanos >= SECOND_NANOS) {
            double watts = (double) (cumulativeMicrojoules - anchorMicrojoules) * 1_000 / (nanos - anchorNanos);
            highestWatts = Math.max(highestWatts, watts);
            anchorNanos = nanos;
            anchorMicrojoules = cumulativeMicrojoules;
        }
    }

    /** The next energy does not continue the ones before. */
    void interrupted() {
        anchored = false;
    }
}
