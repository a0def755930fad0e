/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Learns how often a domain's energy changes, and how often it is read. The thread that reads writes; any thread reads
 * {@link #nanos()}.
 */
final class StepTime {

    /** Processors' counters change every millisecond. */
    private static final long FINE_STEP_NANOS = 5_000_000;

    /** The steps of a counter are shorter; a counter that does not change for longer has nothing to count. */
    private static final long MAX_STEP_NANOS = 10_000_000_000L;

    /** The weight of a new step in the mean, and the decay of the longest gap between readings. */
    private static final int DECAY = 8;

    private final boolean counts;
    private final long assumedNanos;
    private final AtomicLong meanNanos = new AtomicLong();
    private long changedNanos;
    private long readNanos;
    private long readingGapNanos;

    /** Whether a reading without a change proved that the steps take time. */
    private boolean proven;

    /**
     * @param counts whether the energy comes from a counter, which moves in steps
     * @param assumedNanos the time between two steps until it is known
     */
    StepTime(boolean counts, long assumedNanos) {
        this.counts = counts;
        this.assumedNanos = assumedNanos;
    }

    /** The mean time between two recent changes, or readings if those are further apart; 0 before the second reading. */
    long nanos() {
        return meanNanos.get();
    }

    /** Notes the first reading of a stretch. */
    void start(long atNanos) {
        changedNanos = atNanos;
        readNanos = atNanos;
    }

    /**
     * Notes a reading with a change.
     *
     * @return the time since the reading before
     */
    long changed(long atNanos) {
        long gap = read(atNanos);
        long step = atNanos - changedNanos;
        long mean = meanNanos.get();
        if (mean == 0) {
            meanNanos.lazySet(step);
        } else if (step <= Math.max(MAX_STEP_NANOS, 2 * readingGapNanos)) {
            meanNanos.lazySet(mean + (step - mean) / DECAY);
        }
        changedNanos = atNanos;
        return gap;
    }

    /** Notes a reading without a change. */
    void unchanged(long atNanos) {
        read(atNanos);
        proven |= Math.min(atNanos - changedNanos, meanNanos.get()) > FINE_STEP_NANOS;
    }

    /** Whether the energy has not changed for longer than its steps take. */
    boolean isStandingStill(long atNanos) {
        long usual = Math.max(1_000_000_000L, 3 * (meanNanos.get() - readingGapNanos));
        return atNanos - changedNanos > usual;
    }

    /** How long a step of the counter may take; 0 if the energy does not change in steps. */
    long maxNanos() {
        return counts ? Math.max(proven ? meanNanos.get() : 0, assumedNanos) : 0;
    }

    /** For how long before a reading a change may have happened. */
    long uncertaintyNanos() {
        return Math.min(maxNanos(), readingGapNanos);
    }

    private long read(long atNanos) {
        long gap = atNanos - readNanos;
        readingGapNanos = Math.max(gap, readingGapNanos - readingGapNanos / DECAY);
        readNanos = atNanos;
        return gap;
    }
}
