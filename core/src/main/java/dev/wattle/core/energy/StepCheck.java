/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

/**
 * Decides whether a counter can have moved from one value to another in a given time. For one thread.
 */
final class StepCheck {

    /** No plausible power explains the step. */
    static final long IMPOSSIBLE = -1;

    /** The energy of a second at the bound explains the step; later readings decide. */
    static final long UNDECIDED = -2;

    /** A counter moves in steps, and a call may take long: the energy of this time may be ahead of the clock. */
    private static final long BURST_MICROS = 1_000_000;

    /** A counter that stood still and then shows more than a minute's energy at once was broken meanwhile. */
    private static final long MAX_STANDSTILL_MICROS = 60_000_000;

    private final long boundWatts;
    private final WrapCheck wraps;
    private boolean mayWrap = true;

    /** @param boundWatts the highest plausible power */
    StepCheck(long rangeMicrojoules, long boundWatts) {
        this.boundWatts = boundWatts;
        this.wraps = new WrapCheck(rangeMicrojoules, boundWatts);
    }

    WrapCheck wraps() {
        return wraps;
    }

    /** Whether a lower value can be a wrap; else it is a reset. */
    void mayWrap(boolean possible) {
        mayWrap = possible;
    }

    /**
     * The energy of a step in microjoules, or {@link #IMPOSSIBLE} or {@link #UNDECIDED}.
     *
     * @param fromNanos when the counter had the earlier value
     * @param movedNanos when the counter was first seen at that value
     */
    long energy(long fromNanos, long from, long movedNanos, long toNanos, long to) {
        long micros = (toNanos - fromNanos) / 1_000;
        long step = to - from;
        if (step < 0) {
            step = mayWrap ? wraps.unwrap(step, micros) : IMPOSSIBLE;
            if (step < 0) {
                return IMPOSSIBLE;
            }
        }
        long standstillMicros = Math.min((fromNanos - movedNanos) / 1_000, MAX_STANDSTILL_MICROS);
        long missingMicros = step / boundWatts - micros - standstillMicros;
        if (missingMicros <= 0) {
            return step;
        }
        return missingMicros <= BURST_MICROS ? UNDECIDED : IMPOSSIBLE;
    }
}
