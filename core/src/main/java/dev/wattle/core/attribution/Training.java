/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.epoch.EpochHistory;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.probe.EnergyDomain;
import java.util.EnumMap;
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
 * <p>Energies are microjoules by domain. They are complete up to the last {@link EnergyAllocator#collect}, which comes before
 * each change of the phase and of the open epochs. For the thread that follows.
 */
final class Training {

    private static final Phase[] PHASES = Phase.values();

    /**
     * What a training is inside of, as a fit inside an epoch of the program.
     *
     * @param epoch the program's epoch; null for the epoch that the training's framework has open
     */
    record Enclosing(Training training, @Nullable OpenEpoch epoch) {}

    private final EnergyAllocator allocator;
    private final EnergyAllocator.Share share = new EnergyAllocator.Share();
    private final Framework framework;
    private final String name;
    private final long startNanos;
    private int number;

    private final EpochPlan plan = new EpochPlan();
    private final TrainingProgress progress = new TrainingProgress();
    private final OpenEpochs open = new OpenEpochs();
    private final EpochHistory history = new EpochHistory();

    /** How many threads are in each phase of it now. */
    private final int[] threads = new int[PHASES.length];

    /** What it is inside of, and on how many threads. */
    private final Map<Enclosing, Integer> enclosing = new LinkedHashMap<>();

    /** The active trainings inside of it, and on how many threads. */
    private final Map<Training, Integer> inner = new LinkedHashMap<>();

    private final Map<Phase, DomainSums> microjoules = new EnumMap<>(Phase.class);

    private boolean incomplete;
    private int epochsDone;
    private long lastSeenNanos;

    /** @param name what the program calls it; empty for a framework's */
    Training(EnergyAllocator allocator, Framework framework, String name, long startNanos) {
        this.allocator = allocator;
        this.framework = framework;
        this.name = name;
        this.startNanos = startNanos;
        this.lastSeenNanos = startNanos;
    }

    /** Its number among the trainings; 0 until it has one. */
    int number() {
        return number;
    }

    void number(int newNumber) {
        number = newNumber;
    }

    Framework framework() {
        return framework;
    }

    EpochPlan plan() {
        return plan;
    }

    TrainingProgress progress() {
        return progress;
    }

    EnergyAllocator.Share share() {
        return share;
    }

    /** Whether anything was learned. A model that was only used or scored has not trained. */
    boolean hasTrained() {
        return progress.iterations() > 0 || epochsDone > 0;
    }

    /** A thread enters a phase of the training. */
    void enter(Phase phase, List<Enclosing> outer) {
        allocator.collect(this);
        Phase before = phase();
        threads[phase.ordinal()]++;
        for (Enclosing each : outer) {
            enclosing.merge(each, 1, Integer::sum);
            each.training.inner.merge(this, 1, Integer::sum);
        }
        allocator.phaseChanged(this, before, phase());
    }

    /** A thread leaves what it has entered. */
    void leave(Phase phase, List<Enclosing> outer) {
        allocator.collect(this);
        Phase before = phase();
        threads[phase.ordinal()]--;
        allocator.phaseChanged(this, before, phase());
        for (Enclosing each : outer) {
            enclosing.computeIfPresent(each, Training::less);
            each.training.inner.computeIfPresent(this, Training::less);
        }
    }

    private static @Nullable Integer less(Object key, int count) {
        return count == 1 ? null : count - 1;
    }

    /** The phase it is in, null where it is not active; training counts first where threads are in different phases. */
    @Nullable
    Phase phase() {
        for (Phase phase : PHASES) {
            if (threads[phase.ordinal()] > 0) {
                return phase;
            }
        }
        return null;
    }

    /** Energy was allocated to the training. */
    void charge(Phase phase, int domain, long charged) {
        microjoules.computeIfAbsent(phase, first -> new DomainSums()).add(domain, charged);
        open.charge(phase, domain, charged);
        for (Enclosing outer : enclosing.keySet()) {
            outer.training.open.chargeInside(outer.epoch, domain, charged);
        }
    }

    /** Others were active at the same time. */
    void sharesTime() {
        open.sharesTime();
    }

    /** Some of the energy of this time is unknown, or is that of another time. */
    void missesEnergy() {
        open.missesEnergy();
    }

    /** Brings the energies of the open epochs up to date, since they are about to change. */
    private void collect() {
        allocator.collect(this);
        inner.keySet().forEach(allocator::collect);
    }

    /**
     * The carbon intensity changes.
     *
     * @param step the number of the intensity that ends
     */
    void endIntensity(int step) {
        collect();
        open.endIntensity(step);
    }

    /** The training did something. */
    void seen(long nanos) {
        if (nanos - lastSeenNanos > 0) {
            lastSeenNanos = nanos;
        }
    }

    long lastSeenNanos() {
        return lastSeenNanos;
    }

    /** An epoch starts whose end will be reported. */
    void startEpoch(long nanos, long totalMicrojoules) {
        if (open.enter()) {
            startOpen(nanos, totalMicrojoules, false);
        }
    }

    /** The epoch ends; whether it was the outermost. */
    boolean leaveEpoch() {
        return open.leave();
    }

    /** A pass starts whose end will not be reported; inside an epoch it is part of that, and this returns false. */
    boolean startPass(long nanos, long totalMicrojoules) {
        if (open.isEntered()) {
            return false;
        }
        startOpen(nanos, totalMicrojoules, true);
        return true;
    }

    private void startOpen(long nanos, long totalMicrojoules, boolean isPass) {
        collect();
        plan.resume();
        open.start(nanos, isPass);
        progress.iterationFrom(nanos, totalMicrojoules);
        seen(nanos);
    }

    /** The start of an epoch may be lost: the open pass is an epoch if its end is reported. */
    void startTentative(long nanos, long totalMicrojoules) {
        if (open.current() == null && startPass(nanos, totalMicrojoules)) {
            OpenEpoch epoch = open.current();
            if (epoch != null) {
                epoch.tentative = true;
                epoch.incomplete = true;
            }
        }
    }

    /** The program has started an epoch. Others of it may be open, on other threads. */
    OpenEpoch startProgramEpoch(long nanos) {
        collect();
        seen(nanos);
        return open.add(nanos);
    }

    boolean isPassOpen() {
        return open.isPassOpen();
    }

    /** The end of the open epoch may be lost: whatever comes next ends it. */
    void leaveOpen() {
        open.toPass();
    }

    /** Some of what was reported of it is lost. */
    void incomplete() {
        incomplete = true;
        OpenEpoch epoch = open.current();
        if (epoch != null) {
            epoch.incomplete = true;
        }
    }

    boolean isIncomplete() {
        return incomplete;
    }

    /** An open epoch is none: what it used counts as used between epochs. */
    void discardEpoch(OpenEpoch none) {
        collect();
        open.discard(none);
    }

    /** The same for the framework's, where one is open. */
    void discardEpoch() {
        OpenEpoch none = open.current();
        if (none != null) {
            discardEpoch(none);
        }
    }

    /** The epoch that a framework has open. */
    @Nullable
    OpenEpoch epoch() {
        return open.current();
    }

    /** Ends an open epoch at an instant and keeps its record. */
    EpochRecord closeEpoch(OpenEpoch ending, long endNanos, EpochContext context) {
        collect();
        epochsDone++;
        EpochRecord record = ending.ended(
                number, framework, epochsDone, endNanos, open.close(ending), allocator.intensityStep(), context);
        history.add(record);
        return record;
    }

    /** Whether the open pass looks cut off: it has fewer iterations than the epoch before it. */
    boolean looksPartial() {
        OpenEpoch epoch = open.current();
        Optional<EpochRecord> before = history.last();
        return epoch != null
                && before.isPresent()
                && epoch.iterations < before.get().iterations() / before.get().epochs();
    }

    /** Whether the framework's open epoch has trained a batch. */
    boolean hasIterated() {
        OpenEpoch epoch = open.current();
        return epoch != null && !epoch.tentative && epoch.iterations > 0;
    }

    /** Whether a thread is in it, or in something inside an epoch of the program. */
    boolean isWorking() {
        return open.hasProgramEpoch() || phase() != null;
    }

    /** A fit starts; see {@link EpochPlan#startRun}. */
    void startRun(long plannedEpochs, double step) {
        plan.startRun(epochsDone, plannedEpochs, step);
    }

    /** The fit ends with the open epoch, or with the last one where none is open. */
    void stop() {
        plan.stop(epochsDone + (open.current() == null ? 0 : 1));
    }

    /** @param epoch the epoch that the iteration belongs to; null where none is open */
    void iteration(@Nullable OpenEpoch epoch, long batch, double loss) {
        progress.iteration(batch);
        if (epoch != null) {
            epoch.iteration(batch, loss, framework == Framework.DL4J);
        }
    }

    /** @param epoch the epoch that the metric is about; null for the last one */
    void metric(@Nullable OpenEpoch epoch, String metric, double value) {
        if (epoch != null) {
            epoch.metric(metric, value);
        } else {
            history.last().ifPresent(last -> history.replaceLast(OpenEpoch.with(last, metric, value)));
        }
    }

    /** How many records of epochs it holds. */
    int records() {
        return history.size();
    }

    TrainingRecord record(EpochContext context, boolean[] ours, int configuredEpochs) {
        Map<Phase, Long> sums = new LinkedHashMap<>();
        Set<EnergyDomain> domains = new LinkedHashSet<>();
        microjoules.forEach((phase, byDomain) -> {
            long sum = byDomain.total(ours);
            if (sum > 0) {
                sums.put(phase, sum);
            }
            for (int domain = 0; domain < ours.length; domain++) {
                if (ours[domain] && byDomain.of(domain) > 0) {
                    domains.add(context.domain(domain));
                }
            }
        });
        return new TrainingRecord(
                number,
                framework,
                name,
                plan.planned(configuredEpochs),
                context.dateOf(startNanos),
                history.records(),
                epochsDone,
                progress.iterations(),
                progress.samples(),
                open.iterations(),
                history.corners(),
                sums,
                open.insideMicrojoules(ours),
                domains,
                incomplete,
                isWorking(),
                plan.hasEnded(configuredEpochs),
                progress.reportedWork());
    }
}
