/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import dev.wattle.core.probe.Sensor;

/**
 * Turns the values of one wrapping hardware counter into cumulative microjoules that never decrease.
 *
 * <p>The first reading is the baseline and counts as no energy. What follows is believed as long as its power, since the
 * counter last moved, is {@linkplain PlausiblePower plausible}. What is more than that is {@linkplain #isPending() held
 * back} where a second's power at the bound explains it, since a counter moves in steps; readings of the next second
 * decide. Beyond that a reading is refused and counted, and later ones decide: where they go on from before, it was a
 * glitch and no energy is lost; where they go on from it, the counter was reset, and the time in between is lost. Where
 * nothing can be believed for a second the counter {@linkplain #isImplausible() is implausible}, as one in a wrong unit.
 *
 * <p>A value that fell has wrapped, once, at the domain's own range, unless a reset explains it as well ({@link
 * WrapCheck}). After a time in which the counter may have wrapped more than once, the energy of that time is not known.
 *
 * <p>For one thread.
 */
public final class CounterAccumulator {

    /** A counter moves in steps, and a call may take long: how much of the bound may be ahead of the time. */
    private static final long BURST_MICROS = 1_000_000;

    /** A counter that stood still and then shows more than a minute's energy at once was broken meanwhile. */
    private static final long LONGEST_STANDSTILL_MICROS = 60_000_000;

    private static final long DECISION_NANOS = 1_000_000_000;

    /** A reset and the odd reading before it are two. */
    private static final int DECISION_MOVES = 3;

    private static final long IMPOSSIBLE = -1;
    private static final long UNDECIDED = -2;

    private final long boundWatts;
    private final WrapCheck wraps;

    private boolean based;
    private boolean restarting;
    private boolean wrapBelieved = true;

    /** The last reading that was believed, and when the counter was first seen at that value. */
    private long lastNanos;

    private long lastValue;
    private long movedNanos;

    /** Whether later readings may still go on from the last one that was believed. */
    private boolean discredited;

    private boolean pending;
    private long pendingReadings;
    private long pendingStep;

    private boolean suspecting;
    private long suspectNanos;
    private long suspectValue;

    private long seenNanos;
    private long seenValue;
    private int unbelievedMoves;
    private long unbelievedNanos;
    private boolean implausible;

    private long cumulativeMicrojoules;
    private long rejected;
    private long lostNanos;
    private long accountedNanos;

    /**
     * @param rangeMicrojoules as in {@link Sensor.Counter}
     * @param boundMicrowatts the highest power to be believed, as {@link PlausiblePower} has it
     */
    public CounterAccumulator(long rangeMicrojoules, long boundMicrowatts) {
        this.boundWatts = Math.max(1, boundMicrowatts / 1_000_000);
        this.wraps = new WrapCheck(rangeMicrojoules, boundWatts);
    }

    /**
     * Takes a reading.
     *
     * @param nanos when the counter had this value, later than the reading before
     * @param microjoules the counter's value
     * @return whether it was believed, or is a new baseline
     */
    public boolean accept(long nanos, long microjoules) {
        if (microjoules < 0) {
            return refuse(nanos, microjoules);
        }
        if (!based) {
            based = true;
            believe(nanos, microjoules);
            movedNanos = nanos;
            return true;
        }
        boolean late = wraps.isTooLong(nanos - lastNanos);
        if (restarting || (late && !(suspecting && !wraps.isTooLong(nanos - suspectNanos)))) {
            lostNanos += nanos - lastNanos;
            wraps.interrupted();
            unbelievedMoves = 0;
            believe(nanos, microjoules);
            movedNanos = nanos;
            return true;
        }
        long step = discredited || late ? IMPOSSIBLE : step(lastNanos, lastValue, movedNanos, nanos, microjoules);
        if (step >= 0) {
            goOn(nanos, microjoules, step);
            return true;
        }
        return suspecting ? acceptAfterOdd(nanos, microjoules) : acceptOdd(nanos, microjoules, step);
    }

    /** No reading is to come: what one step may explain is believed. */
    public void settle() {
        if (pending && unbelievedMoves < DECISION_MOVES) {
            goOn(seenNanos, seenValue, pendingStep);
        }
    }

    /** The machine slept: a counter that is lower than before was reset, it did not wrap. */
    public void suspended() {
        wrapBelieved = false;
    }

    /** The counter went away; whatever it shows when it is back is a new baseline, and the time in between is lost. */
    public void restarted() {
        restarting = based;
        forgetOdd();
    }

    /** The energy since the first reading, in microjoules; never decreases. */
    public long cumulativeMicrojoules() {
        return cumulativeMicrojoules;
    }

    /** Whether the last reading is neither believed nor refused yet. */
    public boolean isPending() {
        return pending;
    }

    /** Whether for a second, and for several steps, no reading could be believed. */
    public boolean isImplausible() {
        return implausible;
    }

    /** How many readings were not believed. */
    public long rejected() {
        return rejected;
    }

    /** For how long the energy is unknown because the counter was reset, in nanoseconds. */
    public long lostNanos() {
        return lostNanos;
    }

    /** Over how much time the energy was used that is counted, in nanoseconds. */
    public long accountedNanos() {
        return accountedNanos;
    }

    private boolean acceptOdd(long nanos, long microjoules, long step) {
        noteUnbelieved(nanos, microjoules);
        if (step == UNDECIDED && !implausible) {
            pending = true;
            pendingReadings++;
            pendingStep = microjoules - lastValue + (microjoules < lastValue ? wraps.rangeMicrojoules() : 0);
            return false;
        }
        dropPending();
        suspect(nanos, microjoules);
        rejected++;
        return false;
    }

    /** A counter that went on from an odd value was reset. One that stands still there tells nothing for a while. */
    private boolean acceptAfterOdd(long nanos, long microjoules) {
        long step = step(suspectNanos, suspectValue, suspectNanos, nanos, microjoules);
        if (step > 0 || (step == 0 && nanos - suspectNanos >= DECISION_NANOS)) {
            lostNanos += suspectNanos - lastNanos;
            lastNanos = suspectNanos;
            wraps.interrupted();
            if (step == 0) {
                believe(nanos, microjoules);
                movedNanos = nanos;
            } else {
                goOn(nanos, microjoules, step);
            }
            return true;
        }
        noteUnbelieved(nanos, microjoules);
        if (step == IMPOSSIBLE) {
            suspect(nanos, microjoules);
        }
        rejected++;
        return false;
    }

    private boolean refuse(long nanos, long microjoules) {
        dropPending();
        if (based) {
            noteUnbelieved(nanos, microjoules);
        }
        rejected++;
        return false;
    }

    private void goOn(long nanos, long microjoules, long step) {
        cumulativeMicrojoules += step;
        accountedNanos += nanos - lastNanos;
        wraps.used(nanos, cumulativeMicrojoules);
        if (step > 0) {
            movedNanos = nanos;
            implausible = false;
        }
        unbelievedMoves = 0;
        believe(nanos, microjoules);
    }

    private void believe(long nanos, long microjoules) {
        lastNanos = nanos;
        lastValue = microjoules;
        seenNanos = nanos;
        seenValue = microjoules;
        restarting = false;
        wrapBelieved = true;
        forgetOdd();
    }

    private void forgetOdd() {
        suspecting = false;
        discredited = false;
        pending = false;
        pendingReadings = 0;
    }

    private void suspect(long nanos, long microjoules) {
        suspecting = true;
        suspectNanos = nanos;
        suspectValue = microjoules;
    }

    private void dropPending() {
        pending = false;
        rejected += pendingReadings;
        pendingReadings = 0;
    }

    private void noteUnbelieved(long nanos, long microjoules) {
        if (unbelievedMoves == 0) {
            unbelievedNanos = lastNanos;
        }
        if (microjoules != seenValue || unbelievedMoves == 0) {
            unbelievedMoves++;
        }
        seenNanos = nanos;
        seenValue = microjoules;
        if (unbelievedMoves >= DECISION_MOVES && nanos - unbelievedNanos >= DECISION_NANOS) {
            implausible = true;
            discredited = true;
        }
    }

    /** The energy between two readings, or that it is impossible or undecided. */
    private long step(long fromNanos, long from, long fromMovedNanos, long toNanos, long to) {
        long micros = (toNanos - fromNanos) / 1_000;
        long step = to - from;
        if (step < 0) {
            step = wrapBelieved ? wraps.unwrap(step, micros) : IMPOSSIBLE;
            if (step < 0) {
                return IMPOSSIBLE;
            }
        }
        long stoodMicros = Math.min((fromNanos - fromMovedNanos) / 1_000, LONGEST_STANDSTILL_MICROS);
        long neededMicros = step / boundWatts - micros - stoodMicros;
        if (neededMicros <= 0) {
            return step;
        }
        return neededMicros <= BURST_MICROS ? UNDECIDED : IMPOSSIBLE;
    }
}
