/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The mean power of one domain lately, and the highest it ever was.
 *
 * <p>A counter moves in steps, and when it stepped is known only to the time between two readings. Power is therefore the
 * energy between two changes over the time between those two: of the changes of late the ones whose time is known best, at
 * least a second apart, and further where that leaves more than a twentieth unknown. The peak is the highest mean power over one to sixteen seconds that is certain: of the times that a
 * step may have had, the ones furthest apart count, so that it is never above the truth.
 *
 * <p>The sampling thread writes, any thread reads.
 */
final class MeanPower {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private static final long MAX_WINDOW_NANOS = 4 * SECOND_NANOS;

    /** The part of a window that may be unknown without a longer one being tried. */
    private static final double CLEAR = 1 / 20.0;

    /** How much older than the latest change the end of a window may be for being known better. */
    private static final long MAX_AGE_NANOS = SECOND_NANOS / 2;

    /** How many times older an end is for what it is known better. */
    private static final int AGE_FOR_CLARITY = 20;

    private static final long[] PEAK_WINDOWS_NANOS = {
        SECOND_NANOS,
        3 * SECOND_NANOS / 2,
        2 * SECOND_NANOS,
        3 * SECOND_NANOS,
        4 * SECOND_NANOS,
        6 * SECOND_NANOS,
        8 * SECOND_NANOS,
        12 * SECOND_NANOS,
        16 * SECOND_NANOS
    };

    /** Processors' counters are renewed every millisecond. */
    private static final long FINE_STEP_NANOS = 5_000_000;

    private static final int RECORDS = 2048;
    private static final long SPACING_NANOS = 16 * SECOND_NANOS / RECORDS;

    /** A counter that stands still for longer has nothing to count; its steps are shorter than that. */
    private static final long LONGEST_STEP_NANOS = 10 * SECOND_NANOS;

    private final boolean counts;
    private final long assumedStepNanos;
    private final long[] nanos = new long[RECORDS];
    private final long[] microjoules = new long[RECORDS];

    /** How long before the reading that saw a change the one before was. */
    private final long[] gapNanos = new long[RECORDS];

    private final AtomicLong microwatts = new AtomicLong(DomainMeter.UNKNOWN);
    private final AtomicLong peakMicrowatts = new AtomicLong(DomainMeter.UNKNOWN);
    private final AtomicLong stepNanos = new AtomicLong();
    private final AtomicLong errorMillionths = new AtomicLong();

    private long first;
    private long end;
    private boolean fromBaseline;
    private boolean changedOnce;
    private long changedNanos;
    private long readNanos;
    private long readingGapNanos;

    /** Whether a reading that saw no change proved that the steps take time. */
    private boolean stepped;

    private MeanPower(boolean counts, long assumedStepNanos) {
        this.counts = counts;
        this.assumedStepNanos = assumedStepNanos;
    }

    /** @param assumedStepNanos the time between two steps, where readings are too far apart to see it */
    static MeanPower ofCounter(long assumedStepNanos) {
        return new MeanPower(true, assumedStepNanos);
    }

    static MeanPower ofPower() {
        return new MeanPower(false, 0);
    }

    /** The mean power lately, in microwatts, or {@link DomainMeter#UNKNOWN}. */
    long microwatts() {
        return microwatts.get();
    }

    /** By which part of itself {@link #microwatts()} may be wrong because of the times of its steps. */
    double error() {
        return errorMillionths.get() / 1e6;
    }

    /** The highest mean power over a second or more, in microwatts, or {@link DomainMeter#UNKNOWN}. */
    long peakMicrowatts() {
        return peakMicrowatts.get();
    }

    /** The time between two steps lately, or two readings where that is longer, in nanoseconds; 0 before the second. */
    long stepNanos() {
        return stepNanos.get();
    }

    /** Whether the next reading begins a stretch. */
    boolean isEmpty() {
        return end == first;
    }

    /** A reading that began a stretch, or saw more energy than the one before. */
    void changed(long atNanos, long cumulativeMicrojoules) {
        if (isEmpty()) {
            begin(atNanos, cumulativeMicrojoules);
            return;
        }
        long gap = atNanos - readNanos;
        noteReading(atNanos);
        noteStep(atNanos);
        long unknown = Math.min(stepNanosOrAssumed(), readingGapNanos);
        if (fromBaseline && changedOnce && unknown > 0) {
            // What the first change held is partly of the time before the first reading.
            fromBaseline = false;
            first++;
        }
        if (end > first && unknown == 0) {
            publishUntil(atNanos, cumulativeMicrojoules);
        }
        if (end == first || atNanos - nanos[slot(end - 1)] >= SPACING_NANOS) {
            if (end > first) {
                notePeak(atNanos, cumulativeMicrojoules);
            }
            add(atNanos, cumulativeMicrojoules, gap);
            if (unknown > 0) {
                publishBetweenSteps();
            }
        }
        changedOnce = true;
        changedNanos = atNanos;
    }

    /** A reading that saw the same energy as the one before. */
    void still(long atNanos) {
        noteReading(atNanos);
        stepped |= Math.min(atNanos - changedNanos, stepNanos.get()) > FINE_STEP_NANOS;
        long usual = Math.max(SECOND_NANOS, 3 * (stepNanos.get() - readingGapNanos));
        if (atNanos - changedNanos > usual) {
            microwatts.lazySet(0);
        }
    }

    /** What comes is not continuous with what was. */
    void restarted() {
        first = end;
        changedOnce = false;
        microwatts.lazySet(DomainMeter.UNKNOWN);
    }

    private void begin(long atNanos, long cumulativeMicrojoules) {
        add(atNanos, cumulativeMicrojoules, Long.MAX_VALUE);
        fromBaseline = true;
        changedNanos = atNanos;
        readNanos = atNanos;
    }

    private void noteReading(long atNanos) {
        long gap = atNanos - readNanos;
        readingGapNanos = Math.max(gap, readingGapNanos - readingGapNanos / 8);
        readNanos = atNanos;
    }

    private void noteStep(long atNanos) {
        long step = atNanos - changedNanos;
        long mean = stepNanos.get();
        if (mean == 0) {
            stepNanos.lazySet(step);
        } else if (step <= Math.max(LONGEST_STEP_NANOS, 2 * readingGapNanos)) {
            stepNanos.lazySet(mean + (step - mean) / 8);
        }
    }

    private long stepNanosOrAssumed() {
        return counts ? Math.max(stepped ? stepNanos.get() : 0, assumedStepNanos) : 0;
    }

    private void publishUntil(long atNanos, long cumulativeMicrojoules) {
        long start = Math.max(floor(atNanos - SECOND_NANOS), first);
        publish(cumulativeMicrojoules - microjoules[slot(start)], atNanos - nanos[slot(start)], 0);
    }

    private void publishBetweenSteps() {
        long last = clearestEnd();
        long latest = last > first ? Math.max(floor(steppedNanos(last) - SECOND_NANOS), first) : first - 1;
        double leastError = Double.MAX_VALUE;
        long clearest = latest;
        for (long start = latest; start >= first && leastError > CLEAR; start--) {
            long elapsed = steppedNanos(last) - steppedNanos(start);
            if (elapsed > MAX_WINDOW_NANOS && start < latest) {
                break;
            }
            double error = error(start, last, elapsed);
            if (error < leastError) {
                leastError = error;
                clearest = start;
            }
        }
        if (clearest >= first) {
            long energy = microjoules[slot(last)] - microjoules[slot(clearest)];
            publish(energy, steppedNanos(last) - steppedNanos(clearest), leastError);
        }
    }

    private double error(long start, long last, long elapsedNanos) {
        return (unknownNanos(start) + unknownNanos(last)) / 2.0 / elapsedNanos;
    }

    /** A reading that comes late knows little of when the counter stepped; of an earlier step more may be known. */
    private long clearestEnd() {
        long newest = nanos[slot(end - 1)];
        long clearest = end - 1;
        long leastNanos = unknownNanos(clearest);
        for (long record = end - 2; record > first; record--) {
            long age = newest - nanos[slot(record)];
            long score = unknownNanos(record) + age / AGE_FOR_CLARITY;
            if (age > MAX_AGE_NANOS) {
                break;
            }
            if (score < leastNanos) {
                leastNanos = score;
                clearest = record;
            }
        }
        return clearest;
    }

    /** The middle of the time in which the counter came to show what was read. */
    private long steppedNanos(long record) {
        return nanos[slot(record)] - unknownNanos(record) / 2;
    }

    /** The length of that time. */
    private long unknownNanos(long record) {
        return Math.min(stepNanosOrAssumed(), gapNanos[slot(record)]);
    }

    private void publish(long energyMicrojoules, long elapsedNanos, double error) {
        if (elapsedNanos > 0) {
            microwatts.lazySet(DomainMeter.scale(energyMicrojoules, elapsedNanos));
            errorMillionths.lazySet(Math.round(error * 1e6));
        }
    }

    private void notePeak(long atNanos, long cumulativeMicrojoules) {
        long step = stepNanosOrAssumed();
        long peak = peakMicrowatts.get();
        for (int i = 0; i < PEAK_WINDOWS_NANOS.length; i++) {
            long start = floor(atNanos - PEAK_WINDOWS_NANOS[i]);
            if (start < first) {
                break;
            }
            long longest = atNanos - nanos[slot(start)] + Math.min(step, gapNanos[slot(start)]);
            peak = Math.max(peak, DomainMeter.scale(cumulativeMicrojoules - microjoules[slot(start)], longest));
        }
        peakMicrowatts.lazySet(peak);
    }

    /** The latest record not after an instant; below {@link #first} where there is none. */
    private long floor(long instant) {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (nanos[slot(middle)] - instant <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void add(long atNanos, long cumulativeMicrojoules, long gap) {
        nanos[slot(end)] = atNanos;
        microjoules[slot(end)] = cumulativeMicrojoules;
        gapNanos[slot(end)] = gap;
        end++;
        if (end - first > RECORDS) {
            first++;
            fromBaseline = false;
        }
    }

    private static int slot(long index) {
        return (int) (index & (RECORDS - 1));
    }
}
