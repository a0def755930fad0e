/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

/**
 * The readings of a counter since the last one that was believed. If none can be believed for a second and several steps, the
 * counter is implausible. For one thread.
 */
final class UnbelievedReadings {

    static final long DECISION_NANOS = 1_000_000_000;

    /** A reset and the odd reading before it are two. */
    private static final int DECISION_MOVES = 3;

    private long latestNanos;
    private long latestValue;
    private long sinceNanos;
    private int moves;
    private boolean implausible;

    /** The instant of the latest reading, believed or not. */
    long latestNanos() {
        return latestNanos;
    }

    /** The value of the latest reading, believed or not. */
    long latestValue() {
        return latestValue;
    }

    /** Whether the counter has moved too often for its readings to be believed later. */
    boolean isDecided() {
        return moves >= DECISION_MOVES;
    }

    boolean isImplausible() {
        return implausible;
    }

    /** Notes a reading that is believed. */
    void believed(long nanos, long value) {
        latestNanos = nanos;
        latestValue = value;
    }

    /** Forgets the readings that were not believed. */
    void clear() {
        moves = 0;
    }

    /** Energy was believed: the counter is plausible. */
    void plausible() {
        implausible = false;
    }

    /**
     * Notes a reading that is not believed.
     *
     * @param believedNanos when a reading was last believed
     * @return whether the counter has just been found implausible, or once more
     */
    boolean add(long nanos, long value, long believedNanos) {
        if (moves == 0) {
            sinceNanos = believedNanos;
        }
        if (moves == 0 || value != latestValue) {
            moves++;
        }
        latestNanos = nanos;
        latestValue = value;
        boolean found = isDecided() && nanos - sinceNanos >= DECISION_NANOS;
        implausible |= found;
        return found;
    }
}
