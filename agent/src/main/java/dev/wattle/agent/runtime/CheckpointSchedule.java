/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import java.util.concurrent.TimeUnit;

/**
 * When a run's journal gets its checkpoints: the first at once, the next while the run is short after {@value #PART} of
 * what it has run so far, and then every {@value #LONGEST_SECONDS} s. A run that is killed loses that much, and what a
 * machine with too much to do is late by: {@value #PROMISED_SECONDS} s at the most, and half of a short run, are promised.
 *
 * <p>Times are {@link System#nanoTime()}. For one thread.
 */
final class CheckpointSchedule {
    static final int LONGEST_SECONDS = 4;
    static final int PROMISED_SECONDS = 5;

    /** Of what the run has lasted: a kill just before the next checkpoint loses 41 % of it, where half is promised. */
    private static final double PART = 0.7;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final long startNanos;
    private long dueNanos;

    CheckpointSchedule(long startNanos) {
        this.startNanos = startNanos;
        this.dueNanos = startNanos;
    }

    /** How long it is until the next one; not positive where it is due. */
    long waitNanos(long nowNanos) {
        return dueNanos - nowNanos;
    }

    /** One has just been written. */
    void written(long nowNanos) {
        long part = (long) (PART * (nowNanos - startNanos));
        dueNanos = nowNanos + Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, part));
    }
}
