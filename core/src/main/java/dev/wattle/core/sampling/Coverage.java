/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the time since its first reading a domain was really seen.
 *
 * <p>Two readings close enough to each other cover the time between them; further apart they leave a gap. The sampling
 * thread writes, any thread reads.
 */
public final class Coverage {

    private final AtomicLong coveredNanos = new AtomicLong();
    private final AtomicLong gapNanos = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong lostNanos = new AtomicLong();
    private final AtomicLong interpolatedMicrojoules = new AtomicLong();
    private final AtomicLong firstNanos = new AtomicLong();

    private final AtomicLong lastNanos = new AtomicLong();

    private boolean begun;
    private boolean slept;

    Coverage() {}

    /** The time between readings close to each other, in nanoseconds. */
    public long coveredNanos() {
        return coveredNanos.get();
    }

    /** The time not seen: between readings too far apart, or lost to a counter's reset, in nanoseconds. */
    public long gapNanos() {
        return gapNanos.get() + lostNanos.get();
    }

    /** How many gaps there were. */
    public long gaps() {
        return gaps.get();
    }

    /** How many readings were not believed. */
    public long rejected() {
        return rejected.get();
    }

    /** How many readings failed. */
    public long errors() {
        return errors.get();
    }

    /** How much of the energy fills gaps with the mean power, in microjoules. */
    public long interpolatedMicrojoules() {
        return interpolatedMicrojoules.get();
    }

    long firstNanos() {
        return firstNanos.get();
    }

    long lastNanos() {
        return lastNanos.get();
    }

    void read(long nanos, long maxGapNanos) {
        if (!begun) {
            begun = true;
            firstNanos.lazySet(nanos);
        } else {
            long elapsed = nanos - lastNanos.get();
            if (elapsed > maxGapNanos || slept) {
                increment(gaps);
                gapNanos.lazySet(gapNanos.get() + elapsed);
            } else {
                coveredNanos.lazySet(coveredNanos.get() + elapsed);
            }
        }
        slept = false;
        lastNanos.lazySet(nanos);
    }

    void failed() {
        increment(errors);
    }

    void suspended() {
        slept = true;
    }

    void rejected(long total) {
        rejected.lazySet(total);
    }

    void lost(long totalNanos) {
        if (totalNanos != lostNanos.get()) {
            long elapsed = totalNanos - lostNanos.get();
            increment(gaps);
            coveredNanos.lazySet(Math.max(0, coveredNanos.get() - elapsed));
            lostNanos.lazySet(totalNanos);
        }
    }

    void interpolated(long totalMicrojoules) {
        interpolatedMicrojoules.lazySet(totalMicrojoules);
    }

    private static void increment(AtomicLong count) {
        count.lazySet(count.get() + 1);
    }
}
