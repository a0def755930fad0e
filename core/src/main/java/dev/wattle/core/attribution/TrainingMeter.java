/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryBacklog;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTotals;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.boundary.ProgramEpochs;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes energies of epochs and phases out of boundaries.
 *
 * <p>Training threads put boundaries into a queue and go on. One thread of the meter's own calls {@link #follow()}
 * now and then: each boundary is looked at once a reading after it is in, and the energy since the one before is dealt to
 * what was going on. The energies of all phases, those outside among them, add up to the run's, domain by domain, to the
 * microjoule.
 *
 * <p>{@code follow} and {@code finish} are for one thread at a time; all else is thread-safe.
 */
public final class TrainingMeter {

    /** How far behind the present energy is dealt out where no boundary comes; one on its way is taken to be faster. */
    private static final long BEHIND_NANOS = 250_000_000L;

    private final DomainEnergies energies;
    private final SamplingClock clock;
    private final int configuredEpochs;
    private final BoundaryProcessor follower;
    private final BoundaryEvent event = new BoundaryEvent();
    private long[] scratch = {};
    private final BoundaryIntake intake = new BoundaryIntake();
    private final ThreadLiveness lives = new ThreadLiveness();
    private @Nullable BoundaryQueue queue;
    private @Nullable ProgramEpochs epochs;

    /**
     * @param metrics what the numbers of {@link Boundary#METRIC} mean
     * @param names what trainings that tell of themselves are called
     * @param configuredEpochs how many epochs a training is to have, whatever its framework says; 0 for what that says
     * @param observer is told of epochs and iterations
     */
    public TrainingMeter(
            EnergyMeter meter,
            SamplingClock clock,
            MetricNames metrics,
            TrainingNames names,
            int configuredEpochs,
            TrainingObserver observer) {
        this.energies = new DomainEnergies(meter);
        this.clock = clock;
        this.configuredEpochs = configuredEpochs;
        this.follower = new BoundaryProcessor(energies, clock, metrics, names, observer);
    }

    /** Takes boundaries out of the queue from now on; nobody else may. Before there is one, nothing is followed. */
    public synchronized void take(BoundaryQueue boundaries) {
        queue = boundaries;
    }

    /** Watches over these epochs of the program's from now on. */
    public synchronized void watch(ProgramEpochs programs) {
        epochs = programs;
    }

    /** Looks at the boundaries whose energies are known by now. */
    public synchronized void follow() {
        BoundaryQueue boundaries = queue;
        if (boundaries == null) {
            return;
        }
        begin();
        takeIn(boundaries);
        takeKnown();
        long until = clock.nanoTime() - BEHIND_NANOS;
        if (intake.isEmpty() && boundaries.waiting() == 0 && areKnownAt(until)) {
            follower.passTime(until, scratch);
        }
    }

    private boolean areKnownAt(long nanos) {
        DomainEnergies.Known known = energies.at(nanos, clock.nanoTime(), scratch);
        follower.partition().known(known);
        return known != DomainEnergies.Known.NOT_YET;
    }

    /** Looks at all boundaries there are, after the meter's last reading, and deals out what is left. */
    public synchronized void finish() {
        BoundaryQueue boundaries = queue;
        if (boundaries == null) {
            return;
        }
        begin();
        boolean more = true;
        while (more) {
            more = takeIn(boundaries);
            takeKnown();
        }
        long now = clock.nanoTime();
        follower.partition().known(energies.at(now, now, scratch));
        follower.finish(now, scratch);
    }

    /** A round begins; a domain that joins later is for the next. */
    private void begin() {
        scratch = energies.sized(scratch);
        follower.begin();
    }

    /** Takes over what came, whether its energies are known or not, so that the queue has room again. */
    private boolean takeIn(BoundaryQueue boundaries) {
        ProgramEpochs programs = epochs;
        if (programs != null) {
            programs.see();
        }
        boolean some = intake.take(boundaries, follower.threads(), lives, clock);
        if (programs != null) {
            programs.look(clock.nanoTime(), boundaries, intake.backlog());
        }
        return some;
    }

    private void takeKnown() {
        BoundaryBacklog waiting = intake.backlog();
        while (waiting.peek(event)) {
            if (follower.needsEnergies(event) && !areKnownAt(event.nanos)) {
                return;
            }
            boolean followed = false;
            try {
                follower.take(event, scratch);
                followed = true;
            } finally {
                // Once, whatever comes of it: the next one must not wait for ever.
                waiting.remove();
                if (!followed) {
                    follower.failed(event.thread);
                }
            }
        }
    }

    /** What is known now. */
    public synchronized TrainingSnapshot snapshot() {
        List<TrainingRecord> records = new ArrayList<>();
        EpochContext frame = EpochContext.now(energies, clock);
        boolean[] ours = energies.ours();
        for (Training training : follower.trainings().followed()) {
            if (training.hasTrained()) {
                records.add(training.record(frame, ours, configuredEpochs));
            }
        }
        Map<EnergyDomain, Long> microjoules = microjoules(ours);
        return new TrainingSnapshot(
                records,
                follower.trainings().forgotten(),
                microjoules,
                phases(microjoules),
                frameworks(),
                queue == null ? 0 : queue.dropped());
    }

    private Map<EnergyDomain, Long> microjoules(boolean[] ours) {
        Map<EnergyDomain, Long> latest = new LinkedHashMap<>();
        for (int domain = 0; domain < ours.length; domain++) {
            if (ours[domain] && energies.isKnown(domain)) {
                latest.put(energies.domain(domain), energies.latest(domain));
            }
        }
        return Collections.unmodifiableMap(latest);
    }

    private List<PhaseEnergy> phases(Map<EnergyDomain, Long> run) {
        EnergyAllocator partition = follower.partition();
        List<PhaseEnergy> phases = new ArrayList<>();
        for (Framework framework : Framework.values()) {
            for (Phase phase : Phase.OF_TRAININGS) {
                add(phases, framework.tag(), phase, run, domain -> partition.dealt(framework, phase, domain));
            }
        }
        add(phases, PhaseEnergy.NO_FRAMEWORK, Phase.OUTSIDE, run, partition::outside);
        add(
                phases,
                PhaseEnergy.NO_FRAMEWORK,
                Phase.PENDING,
                run,
                domain -> run.getOrDefault(energies.domain(domain), 0L) - partition.cumulative(domain));
        return List.copyOf(phases);
    }

    /** What nothing went into has no entry, but for what is outside. */
    private void add(
            List<PhaseEnergy> phases,
            String framework,
            Phase phase,
            Map<EnergyDomain, Long> run,
            IntToLongFunction microjoules) {
        Map<EnergyDomain, Long> parts = new LinkedHashMap<>();
        for (int domain = 0; domain < energies.size(); domain++) {
            if (run.containsKey(energies.domain(domain))) {
                parts.put(energies.domain(domain), microjoules.applyAsLong(domain));
            }
        }
        PhaseEnergy energy = new PhaseEnergy(framework, phase, Collections.unmodifiableMap(parts));
        if (phase == Phase.OUTSIDE || energy.totalMicrojoules() > 0) {
            phases.add(energy);
        }
    }

    private Map<Framework, FrameworkTotals> frameworks() {
        Map<Framework, FrameworkTotals> totals = new EnumMap<>(Framework.class);
        for (Framework framework : Framework.values()) {
            long lost = queue == null ? 0 : queue.droppedIterations(framework);
            long iterations = intake.iterations(framework) + lost;
            if (iterations > 0 || follower.hasSeen(framework)) {
                totals.put(
                        framework,
                        new FrameworkTotals(follower.epochs(framework), iterations, follower.samples(framework)));
            }
        }
        return Collections.unmodifiableMap(totals);
    }
}
