/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import java.util.concurrent.TimeUnit;

/**
 * The times of a journal's checkpoints: the first at once, the next ones of a short run after {@value #RATIO} of its duration
 * so far, and then every {@value #LONGEST_SECONDS} s. A run that is killed loses the time since the last checkpoint, which
 * may be late on an overloaded machine: the documented bound is {@value #PROMISED_SECONDS} s, and half of a short run.
 *
 * <p>Times are {@link System#nanoTime()}. For one thread.
 */
final class CheckpointSchedule {
    static final int LONGEST_SECONDS = 4;
    static final int PROMISED_SECONDS = 5;

    /** A kill just before the next checkpoint loses 0.7 / 1.7 = 41 % of the run, below the documented half. */
    private static final double RATIO = 0.7;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final long startNanos;
    private long dueNanos;

    CheckpointSchedule(long startNanos) {
        this.startNanos = startNanos;
        this.dueNanos = startNanos;
    }

    /** The time until the next checkpoint; zero or less once it is due. */
    long waitNanos(long nowNanos) {
        return dueNanos - nowNanos;
    }

    /** A checkpoint has just been written. */
    void written(long nowNanos) {
        long wait = (long) (RATIO * (nowNanos - startNanos));
        dueNanos = nowNanos + Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, wait));
    }
}
