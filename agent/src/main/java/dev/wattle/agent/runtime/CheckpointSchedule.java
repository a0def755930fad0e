/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import java.util.concurrent.TimeUnit;

/**
 * When a run's journal gets its checkpoints: the first at once, the next while the run is short as often as half of what
 * it has run so far, and then every {@value #LONGEST_SECONDS} s. A run that is killed loses at most that much.
 *
 * <p>Times are {@link System#nanoTime()}. For one thread.
 */
final class CheckpointSchedule {
    static final int LONGEST_SECONDS = 5;

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
        dueNanos = nowNanos + Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, nowNanos - startNanos));
    }
}
