/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One moment on both clocks, to date monotonic instants near it.
 *
 * <p>Further away the date is off by as much as the wall clock was set, or the machine slept, in between.
 *
 * @param wall the moment's date
 * @param nanos the same moment on {@link SamplingClock#nanoTime()}
 */
public record TimeAnchor(Instant wall, long nanos) {

    /** A thread can lose its processor between two looks at the clocks; the closest of a few pairs was not cut apart. */
    private static final int TRIES = 3;

    /** The present moment. */
    public static TimeAnchor now(SamplingClock clock) {
        TimeAnchor best = new TimeAnchor(Instant.EPOCH, 0);
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = clock.nanoTime();
            Instant wall = clock.wallTime();
            long took = clock.nanoTime() - before;
            if (took < shortest) {
                shortest = took;
                best = new TimeAnchor(wall, before + took / 2);
            }
        }
        return best;
    }

    /** When that was, in whole microseconds. */
    public Instant dateOf(long instantNanos) {
        return wall.plusNanos(instantNanos - nanos).truncatedTo(ChronoUnit.MICROS);
    }
}
