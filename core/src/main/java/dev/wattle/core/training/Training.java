/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One training while it is followed: all that is done to one model or by one trainer, with the energy it was charged.
 *
 * <p>Energies are microjoules a domain. For the thread that follows.
 */
final class Training {

    private static final Phase[] PHASES = Phase.values();

    private int number;
    private final Framework framework;
    private final long beganNanos;

    /** By domain, then by phase. */
    private long[] phaseMicrojoules = {};

    private final EpochBook epochs = new EpochBook();

    /** How many threads are at each phase of it now. */
    private final int[] threads = new int[PHASES.length];

    private int plannedEpochs;
    private int epochsDone;
    private long iterations;
    private long samples;
    private String name = "";

    private int epochDepth;
    private boolean epochOpen;
    private boolean passOpen;
    private OpenEpoch epoch;
    private long sinceLastMicrojoules;
    private long lastSeenNanos;
    private long steppedNanos;
    private long stepNanos;
    private long stepNanosBefore;
    private long fetchedSamples;
    private long iterationNanos;
    private long iterationMicrojoules;

    Training(Framework framework, long nanos) {
        this.framework = framework;
        this.beganNanos = nanos;
        this.lastSeenNanos = nanos;
        this.epoch = new OpenEpoch(nanos);
    }

    /** 0 until it has one. */
    int number() {
        return number;
    }

    void number(int newNumber) {
        number = newNumber;
    }

    Framework framework() {
        return framework;
    }

    /** Whether anything was learned: one that was only asked or scored is no training. */
    boolean hasTrained() {
        return iterations > 0 || epochsDone > 0;
    }

    void call(String newName) {
        name = newName;
    }

    /** Says how many epochs are to come from now on; a single one plans nothing that a loop around it does not know better. */
    void plan(long toCome) {
        if (toCome > 1) {
            plannedEpochs = (int) Math.min(Integer.MAX_VALUE, epochsDone + toCome);
        }
    }

    /** Says how many epochs it is to have, those that are done included, as a loop that tells of itself does with each. */
    void planInAll(long epochsInAll) {
        if (epochsInAll > 0) {
            plannedEpochs = (int) Math.min(Integer.MAX_VALUE, epochsInAll);
        }
    }

    void enter(Phase phase) {
        threads[phase.ordinal()]++;
    }

    void leave(Phase phase) {
        threads[phase.ordinal()]--;
    }

    /** What it is at; learning counts where several threads are at different things. */
    Optional<Phase> phase() {
        for (Phase phase : PHASES) {
            if (threads[phase.ordinal()] > 0) {
                return Optional.of(phase);
            }
        }
        return Optional.empty();
    }

    void charge(Phase phase, int domain, long microjoules) {
        if (phaseMicrojoules.length <= domain * PHASES.length) {
            phaseMicrojoules = Arrays.copyOf(phaseMicrojoules, (domain + 1) * PHASES.length);
        }
        phaseMicrojoules[domain * PHASES.length + phase.ordinal()] += microjoules;
        if (epochOpen) {
            epoch.charge(phase, domain, microjoules);
        } else {
            sinceLastMicrojoules += microjoules;
        }
    }

    void sharesTime() {
        epoch.shared |= epochOpen;
    }

    void seen(long nanos) {
        if (nanos - lastSeenNanos > 0) {
            lastSeenNanos = nanos;
        }
    }

    long lastSeenNanos() {
        return lastSeenNanos;
    }

    /** The weights were updated. */
    void stepped(long nanos) {
        if (iterations > 0) {
            stepNanosBefore = stepNanos;
            stepNanos = nanos - steppedNanos;
        }
        steppedNanos = nanos;
    }

    /** How long a step takes, going by the shorter of the last two, since there may be a pause before one; 0 at first. */
    long stepNanos() {
        return Math.min(stepNanos, stepNanosBefore);
    }

    /** An epoch begins that will say when it ends. */
    void beginEpoch(long nanos, long totalMicrojoules) {
        if (epochDepth++ == 0) {
            open(nanos, totalMicrojoules);
            passOpen = false;
        }
    }

    /** The epoch ends; true where it was the outermost. */
    boolean endEpoch() {
        if (epochDepth == 0) {
            return false;
        }
        return --epochDepth == 0;
    }

    /** A pass begins that will not say when it ends; inside an epoch that does, it is part of that. */
    boolean beginPass(long nanos, long totalMicrojoules) {
        if (epochDepth > 0) {
            return false;
        }
        open(nanos, totalMicrojoules);
        passOpen = true;
        return true;
    }

    boolean isPassOpen() {
        return passOpen && epochOpen;
    }

    private void open(long nanos, long totalMicrojoules) {
        epoch = new OpenEpoch(nanos);
        epochOpen = true;
        iterationNanos = nanos;
        iterationMicrojoules = totalMicrojoules;
        seen(nanos);
    }

    /** Whether the pass that is open looks cut off: it has fewer iterations than the epoch before it. */
    boolean looksPartial() {
        Optional<EpochRecord> before = epochs.last();
        return before.isPresent()
                && epoch.iterations < before.get().iterations() / before.get().epochs();
    }

    /** The open epoch was none: what it used lies between epochs. */
    void discardEpoch() {
        if (epochOpen) {
            epochOpen = false;
            passOpen = false;
            sinceLastMicrojoules += epoch.microjoules();
        }
    }

    boolean hasIterated() {
        return epochOpen && epoch.iterations > 0;
    }

    /** Ends the open epoch at an instant and keeps its record. */
    EpochRecord closeEpoch(long endNanos, EpochFrame frame) {
        epochOpen = false;
        passOpen = false;
        epochsDone++;
        EpochRecord record = epoch.ended(number, framework, epochsDone, endNanos, sinceLastMicrojoules, frame);
        sinceLastMicrojoules = 0;
        epochs.add(record);
        return record;
    }

    void iteration(long batch, double loss) {
        iterations++;
        samples += Math.max(0, batch);
        if (epochOpen) {
            epoch.iteration(batch, loss);
        }
    }

    long iterations() {
        return iterations;
    }

    long iterationNanos() {
        return iterationNanos;
    }

    long iterationMicrojoules() {
        return iterationMicrojoules;
    }

    /** The next iteration counts from here. */
    void iterationFrom(long nanos, long totalMicrojoules) {
        iterationNanos = nanos;
        iterationMicrojoules = totalMicrojoules;
    }

    /** A figure of merit of the open epoch, or of the last one where none is open. */
    void metric(String metric, double value) {
        if (epochOpen) {
            epoch.metric(metric, value);
        } else {
            epochs.last().ifPresent(last -> epochs.replaceLast(OpenEpoch.with(last, metric, value)));
        }
    }

    /**
     * The samples of an iteration that does not say: those taken from the data since the last one, or where none was taken,
     * as by the second of two trainers that share batches, as many as the last batch had.
     *
     * @param fetchedByThread all samples the thread has taken so far
     */
    long samplesSince(long fetchedByThread, long lastFetched) {
        long since = fetchedByThread - fetchedSamples;
        fetchedSamples = fetchedByThread;
        return since > 0 ? since : lastFetched;
    }

    void fetchedUntil(long fetchedByThread) {
        fetchedSamples = fetchedByThread;
    }

    int records() {
        return epochs.size();
    }

    TrainingRecord record(EpochFrame frame, boolean[] ours, int configuredEpochs) {
        Map<Phase, Long> sums = new LinkedHashMap<>();
        for (Phase phase : PHASES) {
            long sum = 0;
            int domains = Math.min(ours.length, phaseMicrojoules.length / PHASES.length);
            for (int domain = 0; domain < domains; domain++) {
                sum += ours[domain] ? phaseMicrojoules[domain * PHASES.length + phase.ordinal()] : 0;
            }
            if (sum > 0) {
                sums.put(phase, sum);
            }
        }
        return new TrainingRecord(
                number,
                framework,
                name,
                configuredEpochs > 0 ? configuredEpochs : plannedEpochs,
                frame.dateOf(beganNanos),
                epochs.records(),
                epochsDone,
                iterations,
                samples,
                epochOpen ? epoch.iterations : 0,
                sums,
                Arrays.stream(threads).anyMatch(count -> count > 0));
    }
}
