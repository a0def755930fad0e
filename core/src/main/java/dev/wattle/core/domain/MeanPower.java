/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.EnergyUnits;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The recent mean power of one domain, and its peak.
 *
 * <p>A counter moves in steps, and the time of a step is known only to the time between two readings. Power is therefore the
 * energy between two steps over the time between them: two recent steps at least a second apart whose times are known best.
 * The window grows up to four seconds while more than a twentieth of it is uncertain.
 *
 * <p>The thread that reads writes, any thread reads.
 */
final class MeanPower {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private static final long MAX_WINDOW_NANOS = 4 * SECOND_NANOS;

    /** A window with a smaller relative error is taken without trying a longer one. */
    private static final double GOOD_ERROR = 1 / 20.0;

    /** How much older than the latest change the end of a window may be because its time is known better. */
    private static final long MAX_AGE_NANOS = SECOND_NANOS / 2;

    /** An end that is older by this many nanoseconds has to be known better by one. */
    private static final int AGE_PER_CERTAINTY = 20;

    private final boolean counts;
    private final StepTime steps;
    private final ChangeHistory history = new ChangeHistory();
    private final PeakPower peak = new PeakPower(history);
    private final AtomicLong microwatts = new AtomicLong(DomainMeter.UNKNOWN);
    private final AtomicLong errorMillionths = new AtomicLong();

    /** Whether the oldest change is the first reading of a stretch, which may lie anywhere between two steps. */
    private boolean startsAtBaseline;

    private boolean changedOnce;

    private MeanPower(boolean counts, long assumedStepNanos) {
        this.counts = counts;
        this.steps = new StepTime(counts, assumedStepNanos);
    }

    /** @param assumedStepNanos the time between two steps, used if readings are too far apart to see it */
    static MeanPower ofCounter(long assumedStepNanos) {
        return new MeanPower(true, assumedStepNanos);
    }

    static MeanPower ofPower() {
        return new MeanPower(false, 0);
    }

    /** The recent mean power, in microwatts, or {@link DomainMeter#UNKNOWN}. */
    long microwatts() {
        return microwatts.get();
    }

    /** The possible relative error of {@link #microwatts()} that comes from the times of the steps. */
    double error() {
        return errorMillionths.get() / 1e6;
    }

    /** The highest mean power over a second or more, in microwatts, or {@link DomainMeter#UNKNOWN}. */
    long peakMicrowatts() {
        return peak.microwatts();
    }

    /** The recent time between two steps, or two readings if that is longer, in nanoseconds; 0 before the second. */
    long stepNanos() {
        return steps.nanos();
    }

    /** Takes a reading with more energy than the one before. */
    void changed(long atNanos, long cumulativeMicrojoules) {
        if (history.isEmpty()) {
            start(atNanos, cumulativeMicrojoules);
            return;
        }
        long gap = steps.changed(atNanos);
        boolean steady = steps.uncertaintyNanos() <= 0;
        if (startsAtBaseline && changedOnce && !steady) {
            // Part of the energy of the first step was used before the first reading.
            startsAtBaseline = false;
            history.dropFirst();
        }
        if (steady && !history.isEmpty()) {
            publishUntil(atNanos, cumulativeMicrojoules);
        }
        if (history.isEmpty() || atNanos - history.nanos(history.last()) >= ChangeHistory.SPACING_NANOS) {
            if (!history.isEmpty()) {
                peak.changed(atNanos, cumulativeMicrojoules, steps.maxNanos());
            }
            add(atNanos, cumulativeMicrojoules, gap);
            if (!steady) {
                publishBetweenSteps();
            }
        }
        changedOnce = true;
    }

    /** Takes a reading with the same energy as the one before. */
    void unchanged(long atNanos, long cumulativeMicrojoules) {
        if (!counts || history.isEmpty()) {
            changed(atNanos, cumulativeMicrojoules);
            return;
        }
        steps.unchanged(atNanos);
        if (steps.isStandingStill(atNanos)) {
            microwatts.lazySet(0);
        }
    }

    /** The next reading does not continue the ones before. */
    void restarted() {
        history.clear();
        changedOnce = false;
        microwatts.lazySet(DomainMeter.UNKNOWN);
    }

    private void start(long atNanos, long cumulativeMicrojoules) {
        add(atNanos, cumulativeMicrojoules, Long.MAX_VALUE);
        startsAtBaseline = true;
        steps.start(atNanos);
    }

    private void add(long atNanos, long cumulativeMicrojoules, long gapNanos) {
        if (history.add(atNanos, cumulativeMicrojoules, gapNanos)) {
            startsAtBaseline = false;
        }
    }

    private void publishUntil(long atNanos, long cumulativeMicrojoules) {
        long start = Math.max(history.floor(atNanos - SECOND_NANOS), history.first());
        publish(cumulativeMicrojoules - history.microjoules(start), atNanos - history.nanos(start), 0);
    }

    private void publishBetweenSteps() {
        long first = history.first();
        long last = bestEnd();
        long latest = last > first ? Math.max(history.floor(steppedNanos(last) - SECOND_NANOS), first) : first - 1;
        double leastError = Double.MAX_VALUE;
        long best = latest;
        for (long start = latest; start >= first && leastError > GOOD_ERROR; start--) {
            long elapsed = steppedNanos(last) - steppedNanos(start);
            if (elapsed > MAX_WINDOW_NANOS && start < latest) {
                break;
            }
            double error = (uncertainNanos(start) + uncertainNanos(last)) / 2.0 / elapsed;
            if (error < leastError) {
                leastError = error;
                best = start;
            }
        }
        if (best >= first) {
            long energy = history.microjoules(last) - history.microjoules(best);
            publish(energy, steppedNanos(last) - steppedNanos(best), leastError);
        }
    }

    /** A late reading says little about the time of its step; the time of an earlier step may be known better. */
    private long bestEnd() {
        long best = history.last();
        long newest = history.nanos(best);
        long leastNanos = uncertainNanos(best);
        for (long change = best - 1; change > history.first(); change--) {
            long age = newest - history.nanos(change);
            if (age > MAX_AGE_NANOS) {
                break;
            }
            long nanos = uncertainNanos(change) + age / AGE_PER_CERTAINTY;
            if (nanos < leastNanos) {
                leastNanos = nanos;
                best = change;
            }
        }
        return best;
    }

    /** The middle of the time in which the step may have happened. */
    private long steppedNanos(long change) {
        return history.nanos(change) - uncertainNanos(change) / 2;
    }

    /** The length of that time. */
    private long uncertainNanos(long change) {
        return Math.min(steps.maxNanos(), history.gapNanos(change));
    }

    private void publish(long energyMicrojoules, long elapsedNanos, double error) {
        if (elapsedNanos > 0) {
            microwatts.lazySet(EnergyUnits.meanMicrowatts(energyMicrojoules, elapsedNanos));
            errorMillionths.lazySet(Math.round(error * 1e6));
        }
    }
}
