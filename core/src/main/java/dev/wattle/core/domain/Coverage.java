/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.time.SamplingClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the time since its first reading a domain was seen.
 *
 * <p>Two believed readings close to each other cover the time between them, unless a reading between them failed or was
 * refused. All other time is a gap. Covered time and gaps add up to the time from the first reading to the last.
 *
 * <p>A gap grows for every reader, also while the thread that reads is held up: if the last reading is older than readings
 * may be apart, or one failed since, the gap extends to the present or the end of metering.
 *
 * <p>The thread that reads writes, any thread reads.
 */
public final class Coverage {

    private static final long RUNNING = Long.MIN_VALUE;

    private final SamplingClock clock;

    /** Of the last reading, whether it was in a gap, and the sums. */
    private final SequenceLock lock = new SequenceLock();

    private final AtomicLong coveredNanos = new AtomicLong();
    private final AtomicLong gapNanos = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();

    /** Until here all time is counted as covered or as a gap. */
    private final AtomicLong countedUntilNanos = new AtomicLong();

    /** When the domain last answered, with whatever. */
    private final AtomicLong answeredNanos = new AtomicLong();

    /** The longest time without an answer that is no gap. */
    private final AtomicLong maxSilenceNanos = new AtomicLong(Long.MAX_VALUE);

    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong interpolatedMicrojoules = new AtomicLong();
    private final AtomicLong endNanos = new AtomicLong(RUNNING);

    private volatile boolean inGap;

    /** Whether the time until the next believed reading is a gap in any case. */
    private volatile boolean broken;

    private boolean started;
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
            long version = lock.startRead();
            long nanos = gapNanos.get() + openGapNanos();
            if (lock.isValid(version)) {
                return nanos;
            }
            Thread.onSpinWait();
        }
    }

    /** The number of gaps, including one in progress. */
    public long gaps() {
        while (true) {
            long version = lock.startRead();
            long count = gaps.get() + (openGapNanos() > 0 && !inGap ? 1 : 0);
            if (lock.isValid(version)) {
                return count;
            }
            Thread.onSpinWait();
        }
    }

    /** Whether there is a gap at the present, or at the end of metering. */
    public boolean isInGap() {
        return inGap || openGapNanos() > 0;
    }

    /** The number of readings that were not believed. */
    public long rejected() {
        return rejected.get();
    }

    /** The number of readings that failed. */
    public long errors() {
        return errors.get();
    }

    /** The energy that fills gaps at the mean power, in microjoules. */
    public long interpolatedMicrojoules() {
        return interpolatedMicrojoules.get();
    }

    /**
     * A reading was believed.
     *
     * @param maxGapNanos the longest time between two readings that counts as covered
     * @param totalLostNanos the time hidden by a counter's resets so far
     * @return whether all time since the last believed reading is covered
     */
    boolean read(long nanos, long maxGapNanos, long totalLostNanos) {
        lock.startWrite();
        boolean continuous = !inGap;
        if (started) {
            long elapsed = nanos - countedUntilNanos.get();
            broken |= nanos - answeredNanos.get() > maxGapNanos && !bridged;
            long unseen = unseenNanos(elapsed, totalLostNanos - lostNanos);
            if (unseen > 0) {
                continuous = false;
                addGap(unseen);
            }
            coveredNanos.lazySet(coveredNanos.get() + elapsed - unseen);
        }
        started = true;
        bridged = false;
        slept = false;
        inGap = false;
        broken = false;
        refusedNanos = 0;
        countedUntilNanos.lazySet(nanos);
        answeredNanos.lazySet(nanos);
        maxSilenceNanos.lazySet(maxGapNanos);
        lostNanos = totalLostNanos;
        lock.endWrite();
        return continuous;
    }

    /** A reading was held back: it is not decided yet whether it is believed. */
    void undecided(long nanos) {
        if (started) {
            lock.startWrite();
            answered(nanos);
            lock.endWrite();
        }
    }

    /** A reading was not believed. */
    void refused(long nanos) {
        if (started) {
            lock.startWrite();
            answered(nanos);
            refusedNanos += Math.max(0, nanos - countedUntilNanos.get());
            addGapUntil(nanos);
            lock.endWrite();
        }
    }

    /** A reading failed. */
    void failed(long nanos) {
        increment(errors);
        unseen(nanos);
    }

    /** Nothing is known about the time from the last believed reading to the next. */
    void unseen(long nanos) {
        if (started) {
            lock.startWrite();
            broken = true;
            answered(nanos);
            addGapUntil(nanos);
            lock.endWrite();
        }
    }

    /** The time until the next reading is covered, however long it is: a counter counts all of it. */
    void bridge() {
        bridged = true;
        maxSilenceNanos.lazySet(Long.MAX_VALUE);
    }

    /** The time until the next reading is not covered, however short it is. */
    void suspended() {
        slept = true;
    }

    /** Sets the end of metering: later time is no gap. Only the first call counts. For any thread. */
    void end(long nanos) {
        endNanos.compareAndSet(RUNNING, nanos);
    }

    void rejected(long total) {
        rejected.lazySet(total);
    }

    void interpolated(long totalMicrojoules) {
        interpolatedMicrojoules.lazySet(totalMicrojoules);
    }

    /** The time since the last reading, if it is known to be a gap. */
    private long openGapNanos() {
        long end = endNanos.get();
        long now = end == RUNNING ? clock.nanoTime() : end;
        boolean open = broken || now - answeredNanos.get() > maxSilenceNanos.get();
        return open ? Math.max(0, now - countedUntilNanos.get()) : 0;
    }

    private long unseenNanos(long elapsed, long newlyLost) {
        if (broken || slept) {
            return elapsed;
        }
        if (newlyLost > 0) {
            // If the counter continues from a refused reading, that reading was right and the time since then was seen.
            return Math.min(Math.max(0, newlyLost - refusedNanos), elapsed);
        }
        return refusedNanos > 0 ? elapsed : 0;
    }

    private void answered(long nanos) {
        broken |= nanos - answeredNanos.get() > maxSilenceNanos.get();
        answeredNanos.lazySet(nanos);
    }

    private void addGapUntil(long nanos) {
        long elapsed = nanos - countedUntilNanos.get();
        if (elapsed > 0) {
            countedUntilNanos.lazySet(nanos);
            addGap(elapsed);
        }
    }

    private void addGap(long nanos) {
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
