/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.epoch.EpochHistory;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.probe.EnergyDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One training while it is followed: all that is done to one model or by one trainer, with the energy it was charged.
 *
 * <p>Energies are microjoules a domain. For the thread that follows.
 */
final class Training {

    private static final Phase[] PHASES = Phase.values();

    private static final long NOT_FETCHED = -1;

    /** As many epochs as a program can ask for are no plan: it means to be stopped by something else. */
    private static final long WITHOUT_END = Integer.MAX_VALUE;

    private int number;
    private final Framework framework;
    private final long beganNanos;

    /** By domain, then by phase. */
    private long[] phaseMicrojoules = {};

    private final EpochHistory epochs = new EpochHistory();

    /** How many threads are at each phase of it now. */
    private final int[] threads = new int[PHASES.length];

    private final List<EnclosingTraining> around = new ArrayList<>(0);

    private int plannedEpochs;
    private int doneBeforeRun;
    private int planStep = 1;
    private boolean plannedInRun;

    /** Whether the fit that brought the plan is over, or was asked to end, or the trainer is closed. */
    private boolean planEnded;

    private boolean stopped;
    private boolean closed;
    private int epochsDone;
    private long iterations;
    private long samples;
    private String name = "";

    private int epochDepth;

    /** The epoch that a framework has open, of which there is one at most. */
    private @Nullable OpenEpoch epoch;

    /** That and those that the program has open, on as many threads. */
    private final List<OpenEpoch> open = new ArrayList<>(1);

    private boolean passOpen;
    private boolean incomplete;
    private final DomainSums insideMicrojoules = new DomainSums();
    private long sinceLastMicrojoules;
    private long lastSeenNanos;
    private long steppedNanos;
    private long stepNanos;
    private long stepNanosBefore;
    private long batchSamples;
    private long fetchedSamples = NOT_FETCHED;
    private long iterationNanos;
    private long iterationMicrojoules;

    Training(Framework framework, long nanos) {
        this.framework = framework;
        this.beganNanos = nanos;
        this.lastSeenNanos = nanos;
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

    /**
     * A fit begins, which may say how many epochs are to come; a single one plans nothing that a loop around it does not know
     * better.
     *
     * @param step after every how many epochs it may end; NaN for each
     */
    void beginRun(long toCome, double step) {
        doneBeforeRun = epochsDone;
        planStep = step >= 1 ? (int) step : 1;
        plannedInRun = false;
        if (toCome > 1 && toCome < WITHOUT_END) {
            plan(toCome);
        }
    }

    /**
     * The fit ends after so many epochs at the latest, or with the next after which it may; the least of several holds.
     *
     * <p>It asks after its first epoch, and after every so many from there.
     */
    void planAtMost(long most) {
        if (most > 1 && most < WITHOUT_END) {
            plan((most - 2) / planStep * planStep + planStep + 1);
        }
    }

    /** The fit is over: what it had planned beyond that is void. */
    void endRun() {
        planEnded |= plannedInRun;
    }

    /** The fit ends with the open epoch, or with the last one where none is open. */
    void stop() {
        plannedEpochs = epochsDone + (epoch == null ? 0 : 1);
        stopped = true;
    }

    /** It trains no more. */
    void close() {
        closed = true;
    }

    /** What goes on is not what had been planned. */
    private void goOnUnplanned() {
        if (planEnded || stopped) {
            plannedEpochs = 0;
        }
        planEnded = false;
        stopped = false;
        closed = false;
    }

    private void plan(long toCome) {
        planEnded = false;
        stopped = false;
        int planned = (int) Math.min(Integer.MAX_VALUE, doneBeforeRun + toCome);
        plannedEpochs = plannedInRun ? Math.min(plannedEpochs, planned) : planned;
        plannedInRun = true;
    }

    /** Says how many epochs it is to have, those that are done included, as a loop that tells of itself does with each. */
    void planInAll(long epochsInAll) {
        if (epochsInAll > 0) {
            plannedEpochs = epochsInAll < WITHOUT_END ? (int) epochsInAll : 0;
        }
    }

    /** A thread is at it, inside of those. */
    void enter(Phase phase, List<EnclosingTraining> outer) {
        threads[phase.ordinal()]++;
        around.addAll(outer);
    }

    void leave(Phase phase, List<EnclosingTraining> outer) {
        threads[phase.ordinal()]--;
        outer.forEach(around::remove);
    }

    /** What it is inside of, once for each thread. */
    List<EnclosingTraining> around() {
        return around;
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
        int parts = open.size();
        if (parts == 0) {
            sinceLastMicrojoules += microjoules;
        }
        for (int i = 0; i < parts; i++) {
            // The rest of the division goes to the first ones.
            open.get(i).charge(phase, domain, microjoules / parts + (i < microjoules % parts ? 1 : 0));
        }
    }

    /** Energy was dealt to what is inside of one of its epochs. */
    void chargeInside(@Nullable OpenEpoch outer, int domain, long microjoules) {
        OpenEpoch charged = outer == null ? epoch : outer;
        if (charged != null) {
            charged.chargeInside(domain, microjoules);
            insideMicrojoules.add(domain, microjoules);
        }
    }

    /** Others were at work at the same time. */
    void sharesTime() {
        for (OpenEpoch each : open) {
            each.shared = true;
        }
    }

    /** Some of the energy of this time is not known, or is that of another time. */
    void missesEnergy() {
        for (OpenEpoch each : open) {
            each.incomplete = true;
        }
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
        return passOpen && epoch != null;
    }

    /** The end of the open epoch, or of what may turn out to be one, will be told by whatever comes next. */
    void leaveOpen() {
        passOpen = epoch != null;
    }

    /** Some of what was told of it is lost. */
    void incomplete() {
        incomplete = true;
        if (epoch != null) {
            epoch.incomplete = true;
        }
    }

    /** The program has begun an epoch. Others of it may be open, on other threads. */
    OpenEpoch openEpoch(long nanos) {
        OpenEpoch opened = new OpenEpoch(nanos);
        open.add(opened);
        if (open.size() > 1) {
            sharesTime();
        }
        seen(nanos);
        return opened;
    }

    /** An epoch of the program's was none: what it used lies between epochs. */
    void discardEpoch(OpenEpoch none) {
        if (open.remove(none)) {
            sinceLastMicrojoules += none.microjoules();
        }
    }

    private void open(long nanos, long totalMicrojoules) {
        goOnUnplanned();
        if (epoch != null) {
            open.remove(epoch);
            sinceLastMicrojoules += epoch.microjoules();
        }
        epoch = openEpoch(nanos);
        iterationNanos = nanos;
        iterationMicrojoules = totalMicrojoules;
        seen(nanos);
    }

    /** Whether the pass that is open looks cut off: it has fewer iterations than the epoch before it. */
    boolean looksPartial() {
        Optional<EpochRecord> before = epochs.last();
        return epoch != null
                && before.isPresent()
                && epoch.iterations < before.get().iterations() / before.get().epochs();
    }

    /** The open epoch was none: what it used lies between epochs. */
    void discardEpoch() {
        passOpen = false;
        OpenEpoch none = epoch;
        if (none != null) {
            epoch = null;
            discardEpoch(none);
        }
    }

    boolean hasIterated() {
        return epoch != null && !epoch.tentative && epoch.iterations > 0;
    }

    /** Whether somebody is at it, or at something inside of an epoch of the program's. */
    boolean isWorking() {
        return open.size() > (epoch == null ? 0 : 1) || phase().isPresent();
    }

    /** Whether some of what was told of it is lost. */
    boolean isIncomplete() {
        return incomplete;
    }

    /** A begin of an epoch may have been lost: what goes on is one if its end is told. */
    void beginTentative(long nanos, long totalMicrojoules) {
        if (epoch == null && beginPass(nanos, totalMicrojoules) && epoch != null) {
            epoch.tentative = true;
            epoch.incomplete = true;
        }
    }

    /** The epoch that a framework has open. */
    @Nullable
    OpenEpoch epoch() {
        return epoch;
    }

    /** Ends an open epoch at an instant and keeps its record. */
    EpochRecord closeEpoch(OpenEpoch ending, long endNanos, EpochContext frame) {
        open.remove(ending);
        if (ending == epoch) {
            epoch = null;
            passOpen = false;
        }
        epochsDone++;
        EpochRecord record = ending.ended(number, framework, epochsDone, endNanos, sinceLastMicrojoules, frame);
        sinceLastMicrojoules = 0;
        epochs.add(record);
        return record;
    }

    /** @param of the epoch it belongs to; null where none is open */
    void iteration(@Nullable OpenEpoch of, long batch, double loss) {
        iterations++;
        samples = SaturatingMath.add(samples, batch);
        if (of != null) {
            of.iteration(batch, loss, framework == Framework.DL4J);
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

    /** A figure of merit of an epoch, or of the last one where none is open. */
    void metric(@Nullable OpenEpoch of, String metric, double value) {
        if (of != null) {
            of.metric(metric, value);
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
        long since = fetchedSamples == NOT_FETCHED ? 0 : fetchedByThread - fetchedSamples;
        fetchedSamples = fetchedByThread;
        return since > 0 ? since : lastFetched;
    }

    /** Part of what the next update goes by says its samples. */
    void batch(long ofBatch) {
        batchSamples = SaturatingMath.add(batchSamples, ofBatch);
    }

    /** What was said of samples since the last update; 0 for nothing. */
    long takeBatches() {
        long taken = batchSamples;
        batchSamples = 0;
        return taken;
    }

    void fetchedUntil(long fetchedByThread) {
        fetchedSamples = fetchedByThread;
    }

    int records() {
        return epochs.size();
    }

    TrainingRecord record(EpochContext frame, boolean[] ours, int configuredEpochs) {
        Map<Phase, Long> sums = new LinkedHashMap<>();
        Set<EnergyDomain> charged = new LinkedHashSet<>();
        for (Phase phase : PHASES) {
            long sum = 0;
            int domains = Math.min(ours.length, phaseMicrojoules.length / PHASES.length);
            for (int domain = 0; domain < domains; domain++) {
                long part = ours[domain] ? phaseMicrojoules[domain * PHASES.length + phase.ordinal()] : 0;
                sum += part;
                if (part > 0) {
                    charged.add(frame.domain(domain));
                }
            }
            if (sum > 0) {
                sums.put(phase, sum);
            }
        }
        return new TrainingRecord(
                number,
                framework,
                name,
                configuredEpochs > 0 && !stopped ? configuredEpochs : plannedEpochs,
                frame.dateOf(beganNanos),
                epochs.records(),
                epochsDone,
                iterations,
                samples,
                open.stream().mapToLong(each -> each.iterations).sum(),
                epochs.corners(),
                sums,
                insideMicrojoules.total(ours),
                charged,
                incomplete,
                isWorking(),
                closed || stopped || planEnded && configuredEpochs <= 0);
    }
}
