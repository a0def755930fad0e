/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One moment on both clocks. Gives the dates of monotonic instants near it.
 *
 * <p>The date of a distant instant is wrong by the changes of the wall clock, and by the sleep of the machine, in between.
 *
 * @param wall the date of the moment
 * @param nanos the same moment on {@link SamplingClock#nanoTime()}
 */
public record TimeAnchor(Instant wall, long nanos) {

    /** A thread can lose its processor between two reads of the clocks; the closest of a few pairs is precise. */
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

    /** The date of an instant, in whole microseconds. */
    public Instant dateOf(long instantNanos) {
        return wall.plusNanos(instantNanos - nanos).truncatedTo(ChronoUnit.MICROS);
    }
}
