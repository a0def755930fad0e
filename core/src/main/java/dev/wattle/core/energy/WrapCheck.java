/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import dev.wattle.core.probe.Sensor;

/**
 * Tells a counter that wrapped from one that was reset: both show a value lower than before.
 *
 * <p>Between two readings close to each other a wrap is plain, since only a counter that was near its end can have reached
 * it. After longer, more than a second and more than a sixteenth of the range at the bound, it is believed where it comes to no more than a quarter of the range, and to no more than twice
 * the highest power seen so far; else a reset explains the value as well, and the energy is not known. For one thread.
 */
final class WrapCheck {

    private static final long PLAIN_MICROS = 1_000_000;
    private static final int PLAIN_PART = 16;
    private static final int PART = 4;
    private static final int ROOM = 2;

    /** A range that would be used up sooner at the bound belongs to something that draws far less. */
    private static final long SHORTEST_HORIZON_MICROS = 2_000_000;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long rangeMicrojoules;
    private final long boundWatts;
    private final long horizonMicros;

    private boolean anchored;
    private long anchorNanos;
    private long anchorMicrojoules;
    private double highestWatts;

    /** @param boundWatts what a domain may draw for seconds; over minutes half of it is taken for the most it draws */
    WrapCheck(long rangeMicrojoules, long boundWatts) {
        this.rangeMicrojoules = rangeMicrojoules;
        this.boundWatts = boundWatts;
        this.horizonMicros = rangeMicrojoules == 0
                ? Long.MAX_VALUE
                : Math.max(ROOM * (rangeMicrojoules / boundWatts), SHORTEST_HORIZON_MICROS);
    }

    /** As in {@link Sensor.Counter}. */
    long rangeMicrojoules() {
        return rangeMicrojoules;
    }

    /** Whether the counter may have wrapped more than once in so many nanoseconds. */
    boolean isTooLong(long nanos) {
        return nanos / 1_000 > horizonMicros;
    }

    /**
     * The energy of a step that went down.
     *
     * @param step the difference of the values, below 0
     * @param micros the time between the two
     * @return the energy in microjoules, or below 0 where it is not known to be a wrap
     */
    long unwrap(long step, long micros) {
        long unwrapped = step + rangeMicrojoules;
        if (rangeMicrojoules == 0 || unwrapped < 0) {
            return -1;
        }
        boolean plain = micros < PLAIN_MICROS || boundWatts * micros <= rangeMicrojoules / PLAIN_PART;
        boolean small = unwrapped <= rangeMicrojoules / PART;
        boolean usual = highestWatts == 0 || unwrapped <= ROOM * highestWatts * micros;
        return plain || (small && usual) ? unwrapped : -1;
    }

    /** Notes the energy by an instant, for the highest power over a second or more. */
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

    /** What comes is not continuous with what was. */
    void interrupted() {
        anchored = false;
    }
}
