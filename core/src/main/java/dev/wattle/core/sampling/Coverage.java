/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the time since its first reading a domain was really seen.
 *
 * <p>Two readings close enough to each other cover the time between them; further apart they leave a gap. The covered time
 * and the gaps together are the time from the first reading to the last; and while the last is longer ago than readings may
 * be apart, to now or to the end of metering, so that a gap grows for whoever asks though the thread that reads is held up.
 * That thread writes, any thread reads; a reader that was overtaken by the writer looks again.
 */
public final class Coverage {

    private static final long RUNNING = Long.MIN_VALUE;

    private final SamplingClock clock;

    /** Odd while the writer is at the fields that belong together: the last reading, whether in a gap, and the sums. */
    private final AtomicLong version = new AtomicLong();

    private final AtomicLong coveredNanos = new AtomicLong();
    private final AtomicLong gapNanos = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong();
    private final AtomicLong openAfterNanos = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong interpolatedMicrojoules = new AtomicLong();
    private final AtomicLong endNanos = new AtomicLong(RUNNING);

    private volatile boolean inGap;
    private boolean begun;
    private boolean bridged;
    private boolean slept;
    private long lostNanos;

    Coverage(SamplingClock clock) {
        this.clock = clock;
    }

    /** The time between readings close to each other, in nanoseconds. */
    public long coveredNanos() {
        return coveredNanos.get();
    }

    /** The time not seen: between readings too far apart, or lost to a counter's reset, in nanoseconds. */
    public long gapNanos() {
        while (true) {
            long before = version.get();
            long nanos = gapNanos.get() + openNanos();
            if (before % 2 == 0 && version.get() == before) {
                return nanos;
            }
            Thread.onSpinWait();
        }
    }

    /** How many gaps there were, one that is going on included. */
    public long gaps() {
        while (true) {
            long before = version.get();
            long count = gaps.get() + (openNanos() > 0 && !inGap ? 1 : 0);
            if (before % 2 == 0 && version.get() == before) {
                return count;
            }
            Thread.onSpinWait();
        }
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

    /** The time since the last reading where that is longer ago than readings may be apart. */
    private long openNanos() {
        long end = endNanos.get();
        long since = (end == RUNNING ? clock.nanoTime() : end) - lastNanos.get();
        return since > openAfterNanos.get() ? since : 0;
    }

    /** @param totalLostNanos the time so far that a counter's resets have hidden, between this reading and the first */
    void read(long nanos, long maxGapNanos, long totalLostNanos) {
        version.lazySet(version.get() + 1);
        if (begun) {
            long elapsed = nanos - lastNanos.get();
            boolean far = elapsed > maxGapNanos && !bridged;
            long unseen = far || slept || inGap ? elapsed : totalLostNanos - lostNanos;
            if (unseen > 0) {
                gap(unseen);
            }
            coveredNanos.lazySet(coveredNanos.get() + elapsed - unseen);
        }
        begun = true;
        bridged = false;
        slept = false;
        inGap = false;
        lastNanos.lazySet(nanos);
        openAfterNanos.lazySet(maxGapNanos);
        lostNanos = totalLostNanos;
        version.lazySet(version.get() + 1);
    }

    void failed(long nanos, long maxGapNanos) {
        increment(errors);
        if (begun && nanos - lastNanos.get() > maxGapNanos) {
            version.lazySet(version.get() + 1);
            gap(nanos - lastNanos.get());
            lastNanos.lazySet(nanos);
            version.lazySet(version.get() + 1);
        }
    }

    /** The time from the last reading to the next one is covered, however long it is: a counter counted all of it. */
    void bridge() {
        bridged = true;
    }

    void suspended() {
        slept = true;
    }

    /** Metering of the domain has ended: time that passes from now on is no gap. The first end stands. */
    void end(long nanos) {
        endNanos.compareAndSet(RUNNING, nanos);
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
