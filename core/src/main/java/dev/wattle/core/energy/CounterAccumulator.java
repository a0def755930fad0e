/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import dev.wattle.core.probe.Sensor;

/**
 * Turns the values of one wrapping hardware counter into cumulative microjoules that never decrease.
 *
 * <ul>
 *   <li>The first reading is the baseline and counts as no energy.
 *   <li>A reading is believed if its power since the counter last moved is {@linkplain PlausiblePower plausible}.
 *   <li>A reading with more energy is {@linkplain #isPending() held back} if a second's power at the bound explains it, since
 *       a counter moves in steps. The readings of the next second decide.
 *   <li>Any other reading is refused and counted, and later ones decide. If they continue from the last believed value, it
 *       was a glitch and no energy is lost. If they continue from the refused value, the counter was reset and the time in
 *       between is lost.
 *   <li>If nothing can be believed for a second, the counter {@linkplain #isImplausible() is implausible}, such as one in a
 *       wrong unit.
 * </ul>
 *
 * <p>A value that fell has wrapped, once, at the domain's own range, unless a reset explains it as well ({@link WrapCheck}).
 * After a time in which the counter may have wrapped more than once, the energy of that time is lost.
 *
 * <p>For one thread.
 */
public final class CounterAccumulator {

    private final StepCheck steps;
    private final WrapCheck wraps;
    private final UnbelievedReadings unbelieved = new UnbelievedReadings();

    private boolean based;
    private boolean restarting;

    /** The last reading that was believed, and when the counter was first seen at that value. */
    private long lastNanos;

    private long lastValue;
    private long movedNanos;

    /** Whether later readings cannot continue from the last one that was believed. */
    private boolean discredited;

    private boolean pending;
    private long pendingReadings;
    private long pendingStep;

    /** The refused reading that later ones may continue from. */
    private boolean suspecting;

    private long suspectNanos;
    private long suspectValue;

    private long cumulativeMicrojoules;
    private long rejected;
    private long lostNanos;
    private long accountedNanos;

    /**
     * An accumulator without a baseline.
     *
     * @param rangeMicrojoules as in {@link Sensor.Counter}
     * @param boundMicrowatts the highest plausible power, as in {@link PlausiblePower}
     */
    public CounterAccumulator(long rangeMicrojoules, long boundMicrowatts) {
        this.steps = new StepCheck(rangeMicrojoules, Math.max(1, boundMicrowatts / 1_000_000));
        this.wraps = steps.wraps();
    }

    /**
     * Takes a reading.
     *
     * @param nanos when the counter had this value, later than the reading before
     * @param microjoules the counter's value
     * @return whether the reading is believed, or is a new baseline
     */
    public boolean accept(long nanos, long microjoules) {
        if (microjoules < 0) {
            return refuse(nanos, microjoules);
        }
        if (!based) {
            based = true;
            rebase(nanos, microjoules);
            return true;
        }
        boolean late = wraps.isTooLong(nanos - lastNanos);
        if (restarting || (late && !(suspecting && !wraps.isTooLong(nanos - suspectNanos)))) {
            lostNanos += nanos - lastNanos;
            wraps.interrupted();
            unbelieved.clear();
            rebase(nanos, microjoules);
            return true;
        }
        long step = discredited || late
                ? StepCheck.IMPOSSIBLE
                : steps.energy(lastNanos, lastValue, movedNanos, nanos, microjoules);
        if (step >= 0) {
            add(nanos, microjoules, step);
            return true;
        }
        return suspecting ? acceptAfterSuspect(nanos, microjoules) : acceptUnexplained(nanos, microjoules, step);
    }

    /** Believes a reading that was held back if one step may explain it; no reading follows. */
    public void settle() {
        if (pending && !unbelieved.isDecided()) {
            add(unbelieved.latestNanos(), unbelieved.latestValue(), pendingStep);
        }
    }

    /** The machine slept: a counter that is lower than before was reset and did not wrap. */
    public void suspended() {
        steps.mayWrap(false);
    }

    /** The counter went away. Its next value is a new baseline, and the time in between is lost. */
    public void restarted() {
        restarting = based;
        clearDoubts();
    }

    /** The energy since the first reading, in microjoules; never decreases. */
    public long cumulativeMicrojoules() {
        return cumulativeMicrojoules;
    }

    /** Whether the last reading is neither believed nor refused yet. */
    public boolean isPending() {
        return pending;
    }

    /** Whether no reading could be believed for a second and several steps. */
    public boolean isImplausible() {
        return unbelieved.isImplausible();
    }

    /** The number of readings that were not believed. */
    public long rejected() {
        return rejected;
    }

    /** The time whose energy is unknown because the counter was reset, in nanoseconds. */
    public long lostNanos() {
        return lostNanos;
    }

    /** The time in which the counted energy was used, in nanoseconds. */
    public long accountedNanos() {
        return accountedNanos;
    }

    private boolean acceptUnexplained(long nanos, long microjoules, long step) {
        addUnbelieved(nanos, microjoules);
        if (step == StepCheck.UNDECIDED && !isImplausible()) {
            pending = true;
            pendingReadings++;
            pendingStep = microjoules - lastValue + (microjoules < lastValue ? wraps.rangeMicrojoules() : 0);
            return false;
        }
        refusePending();
        suspect(nanos, microjoules);
        rejected++;
        return false;
    }

    /** A counter that continues from a refused value was reset. While it does not change, nothing is decided. */
    private boolean acceptAfterSuspect(long nanos, long microjoules) {
        long step = steps.energy(suspectNanos, suspectValue, suspectNanos, nanos, microjoules);
        boolean stoodStill = step == 0 && nanos - suspectNanos >= UnbelievedReadings.DECISION_NANOS;
        if (step > 0 || stoodStill) {
            lostNanos += suspectNanos - lastNanos;
            lastNanos = suspectNanos;
            wraps.interrupted();
            if (stoodStill) {
                rebase(nanos, microjoules);
            } else {
                add(nanos, microjoules, step);
            }
            return true;
        }
        addUnbelieved(nanos, microjoules);
        if (step == StepCheck.IMPOSSIBLE) {
            suspect(nanos, microjoules);
        }
        rejected++;
        return false;
    }

    private boolean refuse(long nanos, long microjoules) {
        refusePending();
        if (based) {
            addUnbelieved(nanos, microjoules);
        }
        rejected++;
        return false;
    }

    private void add(long nanos, long microjoules, long step) {
        cumulativeMicrojoules += step;
        accountedNanos += nanos - lastNanos;
        wraps.used(nanos, cumulativeMicrojoules);
        if (step > 0) {
            movedNanos = nanos;
            unbelieved.plausible();
        }
        unbelieved.clear();
        believe(nanos, microjoules);
    }

    private void rebase(long nanos, long microjoules) {
        believe(nanos, microjoules);
        movedNanos = nanos;
    }

    private void believe(long nanos, long microjoules) {
        lastNanos = nanos;
        lastValue = microjoules;
        unbelieved.believed(nanos, microjoules);
        restarting = false;
        steps.mayWrap(true);
        clearDoubts();
    }

    private void clearDoubts() {
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

    private void refusePending() {
        pending = false;
        rejected += pendingReadings;
        pendingReadings = 0;
    }

    private void addUnbelieved(long nanos, long microjoules) {
        discredited |= unbelieved.add(nanos, microjoules, lastNanos);
    }
}
