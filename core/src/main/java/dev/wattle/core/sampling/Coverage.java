/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the time since its first reading a domain was really seen.
 *
 * <p>Two readings close enough to each other cover the time between them; further apart they leave a gap, which grows
 * while the domain does not answer. The covered time and the gaps together are the time from the first reading to the
 * last, or to the last failure in a gap. The sampling thread writes, any thread reads.
 */
public final class Coverage {

    private final AtomicLong coveredNanos = new AtomicLong();
    private final AtomicLong gapNanos = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong interpolatedMicrojoules = new AtomicLong();

    private boolean begun;
    private boolean slept;
    private boolean inGap;
    private long lastNanos;
    private long lostNanos;

    Coverage() {}

    /** The time between readings close to each other, in nanoseconds. */
    public long coveredNanos() {
        return coveredNanos.get();
    }

    /** The time not seen: between readings too far apart, or lost to a counter's reset, in nanoseconds. */
    public long gapNanos() {
        return gapNanos.get();
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

    /** @param totalLostNanos the time so far that a counter's resets have hidden, between this reading and the first */
    void read(long nanos, long maxGapNanos, long totalLostNanos) {
        if (begun) {
            long elapsed = nanos - lastNanos;
            long unseen = elapsed > maxGapNanos || slept || inGap ? elapsed : totalLostNanos - lostNanos;
            if (unseen > 0) {
                gap(unseen);
            }
            coveredNanos.lazySet(coveredNanos.get() + elapsed - unseen);
        }
        begun = true;
        slept = false;
        inGap = false;
        lastNanos = nanos;
        lostNanos = totalLostNanos;
    }

    void failed(long nanos, long maxGapNanos) {
        increment(errors);
        if (begun && nanos - lastNanos > maxGapNanos) {
            gap(nanos - lastNanos);
            lastNanos = nanos;
        }
    }

    void suspended() {
        slept = true;
    }

    void rejected(long total) {
        rejected.lazySet(total);
    }

    void interpolated(long totalMicrojoules) {
        interpolatedMicrojoules.lazySet(totalMicrojoules);
    }

    private void gap(long nanos) {
        if (!inGap) {
            inGap = true;
            increment(gaps);
        }
        gapNanos.lazySet(gapNanos.get() + nanos);
    }

    private static void increment(AtomicLong count) {
        count.lazySet(count.get() + 1);
    }
}
