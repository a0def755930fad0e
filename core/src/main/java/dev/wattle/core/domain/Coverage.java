/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.time.SamplingClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the time since its first reading a domain was really seen.
 *
 * <p>Two believed readings close enough to each other cover the time between them, unless one between them failed or was
 * refused; all other time is a gap. The covered time and the gaps together are the time from the first reading to the last;
 * and while the last is longer ago than readings may be apart, or one failed since, to now or to the end of metering, so that
 * a gap grows for whoever asks though the thread that reads is held up. That thread writes, any thread reads; a reader that
 * was overtaken by the writer looks again.
 */
public final class Coverage {

    private static final long RUNNING = Long.MIN_VALUE;

    private final SamplingClock clock;

    /** Odd while the writer is at the fields that belong together: the last reading, whether in a gap, and the sums. */
    private final AtomicLong version = new AtomicLong();

    private final AtomicLong coveredNanos = new AtomicLong();
    private final AtomicLong gapNanos = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();

    /** Up to here all time is covered or in a gap. */
    private final AtomicLong dealtNanos = new AtomicLong();

    /** When something was last heard of the domain. */
    private final AtomicLong heardNanos = new AtomicLong();

    private final AtomicLong openAfterNanos = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong interpolatedMicrojoules = new AtomicLong();
    private final AtomicLong endNanos = new AtomicLong(RUNNING);

    private volatile boolean inGap;

    /** Whether the time until the next believed reading is a gap, whatever that tells. */
    private volatile boolean broken;

    private boolean begun;
    private boolean bridged;
    private boolean slept;
    private long refusedNanos;
    private long lostNanos;

    Coverage(SamplingClock clock) {
        this.clock = clock;
    }

    /** The time between readings close to each other, in nanoseconds. */
    public long coveredNanos() {
        return coveredNanos.get();
    }

    /** The time not seen, in nanoseconds: between readings too far apart, failed, refused, or lost to a counter's reset. */
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

    /** Whether the last reading is longer ago than readings may be apart, now or at the end of metering. */
    public boolean isInGap() {
        return inGap || openNanos() > 0;
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

    /** The time that is not dealt with yet, where it is known to be a gap. */
    private long openNanos() {
        long end = endNanos.get();
        long now = end == RUNNING ? clock.nanoTime() : end;
        boolean open = broken || now - heardNanos.get() > openAfterNanos.get();
        return open ? Math.max(0, now - dealtNanos.get()) : 0;
    }

    /**
     * A reading was believed.
     *
     * @param totalLostNanos the time so far that a counter's resets have hidden, between this reading and the first
     * @return whether all the time since the last believed reading is covered
     */
    boolean read(long nanos, long maxGapNanos, long totalLostNanos) {
        version.lazySet(version.get() + 1);
        boolean continuous = !inGap;
        if (begun) {
            long elapsed = nanos - dealtNanos.get();
            broken |= nanos - heardNanos.get() > maxGapNanos && !bridged;
            long unseen = unseenOf(elapsed, totalLostNanos - lostNanos);
            if (unseen > 0) {
                continuous = false;
                gap(unseen);
            }
            coveredNanos.lazySet(coveredNanos.get() + elapsed - unseen);
        }
        begun = true;
        bridged = false;
        slept = false;
        inGap = false;
        broken = false;
        refusedNanos = 0;
        dealtNanos.lazySet(nanos);
        heardNanos.lazySet(nanos);
        openAfterNanos.lazySet(maxGapNanos);
        lostNanos = totalLostNanos;
        version.lazySet(version.get() + 1);
        return continuous;
    }

    /** A reading came of which it is not decided yet whether it is believed. */
    void undecided(long nanos) {
        if (begun) {
            version.lazySet(version.get() + 1);
            heard(nanos);
            version.lazySet(version.get() + 1);
        }
    }

    /** A reading was not believed. */
    void refused(long nanos) {
        if (begun) {
            version.lazySet(version.get() + 1);
            heard(nanos);
            refusedNanos += Math.max(0, nanos - dealtNanos.get());
            gapUntil(nanos);
            version.lazySet(version.get() + 1);
        }
    }

    /** A reading failed. */
    void failed(long nanos) {
        increment(errors);
        unseen(nanos);
    }

    /** Nothing is known of the time from the last believed reading to the next. */
    void unseen(long nanos) {
        if (begun) {
            version.lazySet(version.get() + 1);
            broken = true;
            heard(nanos);
            gapUntil(nanos);
            version.lazySet(version.get() + 1);
        }
    }

    /** The time from the last reading to the next one is covered, however long it is: a counter counted all of it. */
    void bridge() {
        bridged = true;
        openAfterNanos.lazySet(Long.MAX_VALUE);
    }

    /** The time until the next reading is not covered, however short it is. */
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

    private long unseenOf(long elapsed, long newlyLost) {
        if (broken || slept) {
            return elapsed;
        }
        if (newlyLost > 0) {
            // Where later readings go on from a refused one that one was right, and the time since it was seen.
            return Math.min(Math.max(0, newlyLost - refusedNanos), elapsed);
        }
        return refusedNanos > 0 ? elapsed : 0;
    }

    private void heard(long nanos) {
        broken |= nanos - heardNanos.get() > openAfterNanos.get();
        heardNanos.lazySet(nanos);
    }

    private void gapUntil(long nanos) {
        long elapsed = nanos - dealtNanos.get();
        if (elapsed > 0) {
            dealtNanos.lazySet(nanos);
            gap(elapsed);
        }
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
