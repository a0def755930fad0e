/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.time;

import java.util.SplittableRandom;

/**
 * When to sample: a fixed grid of instants, optionally with jitter.
 *
 * <p>The grid does not drift, whatever a sample costs. Missed instants are skipped and counted; they do not follow in a burst.
 *
 * <p>Jitter moves each instant by a random part of the period. It prevents the beat between the sampling of an instantaneous
 * power and a training loop of nearly the same period. A sensor that averages over fixed windows is better read evenly: with
 * jitter some of its values are read twice and others never. The error was 0.97 % instead of 0.05 % over a minute of a square
 * wave of 1.37 s, from a sensor of 100 ms read every 100 ms.
 *
 * <p>For one thread; another one may set the period and the jitter.
 */
public final class Schedule {

    /**
     * A quarter to either side; less leaves a beat. For a square wave of 250 ms, an instantaneous sensor read every 100 ms had
     * an error of 13.9 % over a minute without jitter, 7.8 % with an eighth, and 1.9 % with a quarter.
     */
    private static final int JITTER_PART = 4;

    private static final long MAX_JITTER_NANOS = 1_000_000_000L;

    private final SplittableRandom random;
    private volatile boolean jittered;
    private volatile long periodNanos;
    private long gridNanos;
    private long missed;

    /**
     * A grid whose first instant is one period after the start.
     *
     * @param jittered whether each instant is moved by a random part of the period
     * @param seed of the jitter
     */
    public Schedule(long startNanos, long periodNanos, boolean jittered, long seed) {
        this.gridNanos = startNanos;
        this.periodNanos = periodNanos;
        this.jittered = jittered;
        this.random = new SplittableRandom(seed);
    }

    /** The next instant to sample at; its point on the grid is at {@code nowNanos} or after it. */
    public long next(long nowNanos) {
        long period = periodNanos;
        gridNanos += period;
        long late = nowNanos - gridNanos;
        if (late > 0) {
            long skipped = late / period + 1;
            missed += skipped;
            gridNanos += skipped * period;
        }
        if (!jittered) {
            return gridNanos;
        }
        long reach = Math.min(period / JITTER_PART, MAX_JITTER_NANOS);
        return gridNanos + random.nextLong(-reach, reach + 1);
    }

    long periodNanos() {
        return periodNanos;
    }

    /** Sets the period, from the next instant on. */
    public void period(long newPeriodNanos) {
        periodNanos = newPeriodNanos;
    }

    /** Moves each instant by a random part of the period from now on. */
    public void jitter() {
        jittered = true;
    }

    /** The number of instants of the grid that passed without a sample. */
    public long missed() {
        return missed;
    }
}
