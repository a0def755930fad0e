/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryBacklog;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTotals;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.ProgramEpochs;
import dev.wattle.core.boundary.ThreadLiveness;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns boundaries into the energies of epochs and phases.
 *
 * <p>Training threads put boundaries into a queue and never wait. One thread of the meter calls {@link #follow()} about ten times
 * a second: it processes each boundary once a reading after it is in, and allocates the energy since the one before to
 * the active trainings. The energies of all phases, those outside included, add up to the run's, domain by domain, to the microjoule.
 *
 * <p>{@code follow} and {@code finish} are for one thread at a time; all else is thread-safe.
 */
public final class TrainingMeter {

    /** How far behind the present energy is allocated without a boundary; one that is on its way takes less. */
    private static final long BEHIND_NANOS = 250_000_000L;

    private final DomainEnergies energies;
    private final SamplingClock clock;
    private final BoundaryProcessor processor;
    private final TrainingSnapshots snapshots;
    private final BoundaryEvent event = new BoundaryEvent();
    private final BoundaryIntake intake = new BoundaryIntake();
    private final ThreadLiveness liveness = new ThreadLiveness();
    private final Deque<IntensityChange> changes = new ArrayDeque<>();
    private long[] scratch = {};
    private @Nullable BoundaryQueue queue;
    private @Nullable ProgramEpochs epochs;

    /**
     * @param meter reads the domains
     * @param clock the meter's
     * @param metrics the names for the numbers of {@link Boundary#METRIC}
     * @param names the names of the program's trainings
     * @param configuredEpochs how many epochs a training is to have, whatever its framework says; 0 for what that says
     * @param observer receives epochs and iterations
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
        this.processor = new BoundaryProcessor(energies, clock, metrics, names, observer);
        this.snapshots =
                new TrainingSnapshots(energies, clock, processor.allocator(), processor.trainings(), configuredEpochs);
    }

    /** Takes boundaries out of the queue from now on; nobody else may. Before there is a queue, nothing is followed. */
    public synchronized void take(BoundaryQueue boundaries) {
        queue = boundaries;
    }

    /** Watches these epochs of the program from now on. */
    public synchronized void watch(ProgramEpochs programs) {
        epochs = programs;
    }

    private record IntensityChange(long nanos, int step) {}

    /**
     * Another carbon intensity applies from now on. Epochs that are open have their energy divided there.
     *
     * @param nanos the present, on {@link System#nanoTime()}
     * @param step the number of the intensity among those of the run; the first is 0 and is not reported
     */
    public synchronized void changeIntensity(long nanos, int step) {
        changes.add(new IntensityChange(nanos, step));
    }

    /** Processes the boundaries whose energies are known. */
    public synchronized void follow() {
        BoundaryQueue boundaries = queue;
        if (boundaries == null) {
            return;
        }
        startRound();
        takeIn(boundaries);
        processKnown();
        long until = clock.nanoTime() - BEHIND_NANOS;
        if (intake.isEmpty() && boundaries.waiting() == 0 && passIntensities(until) && areKnownAt(until)) {
            processor.passTime(until, scratch);
        }
    }

    /** Processes all boundaries there are, after the meter's last reading, and allocates what is left. */
    public synchronized void finish() {
        BoundaryQueue boundaries = queue;
        if (boundaries == null) {
            return;
        }
        startRound();
        boolean more = true;
        while (more) {
            more = takeIn(boundaries);
            processKnown();
        }
        long now = clock.nanoTime();
        passIntensities(now);
        processor.allocator().known(energies.at(now, now, scratch));
        processor.finish(now, scratch);
    }

    /** A round starts; a domain that joins later is for the next one. */
    private void startRound() {
        scratch = energies.sized(scratch);
        processor.startRound();
    }

    /** Takes over what came, whether its energies are known or not, so that the queue has room again. */
    private boolean takeIn(BoundaryQueue boundaries) {
        ProgramEpochs programs = epochs;
        if (programs != null) {
            programs.findOrphans();
        }
        boolean some = intake.take(boundaries, processor.threads(), liveness, clock);
        if (programs != null) {
            programs.report(clock.nanoTime(), boundaries, intake.backlog());
        }
        return some;
    }

    private void processKnown() {
        BoundaryBacklog waiting = intake.backlog();
        while (waiting.peek(event)) {
            if (!passIntensities(event.nanos())) {
                return;
            }
            if (processor.needsEnergies(event) && !areKnownAt(event.nanos())) {
                return;
            }
            boolean processed = false;
            try {
                processor.process(event, scratch);
                processed = true;
            } finally {
                // Removed even after a failure: the next one must not wait behind it.
                waiting.remove();
                if (!processed) {
                    processor.failed(event.thread());
                }
            }
        }
    }

    /** Applies the changes of the intensity before an instant; false where the energies at one are still to come. */
    private boolean passIntensities(long untilNanos) {
        while (!changes.isEmpty() && changes.element().nanos() - untilNanos <= 0) {
            IntensityChange change = changes.element();
            if (!areKnownAt(change.nanos())) {
                return false;
            }
            processor.changeIntensity(change.nanos(), scratch, change.step());
            changes.remove();
        }
        return true;
    }

    /** Looks up the energies at an instant; false where a reading after it is still to come. */
    private boolean areKnownAt(long nanos) {
        DomainEnergies.Known known = energies.at(nanos, clock.nanoTime(), scratch);
        processor.allocator().known(known);
        return known != DomainEnergies.Known.NOT_YET;
    }

    /** What is known now. */
    public synchronized TrainingSnapshot snapshot() {
        return snapshots.take(totals(), queue == null ? 0 : queue.dropped());
    }

    private Map<Framework, FrameworkTotals> totals() {
        Map<Framework, FrameworkTotals> totals = new EnumMap<>(Framework.class);
        for (Framework framework : Framework.values()) {
            long lost = queue == null ? 0 : queue.droppedIterations(framework);
            long iterations = intake.iterations(framework) + lost;
            if (iterations > 0 || processor.hasSeen(framework)) {
                totals.put(framework, processor.totals(framework, iterations));
            }
        }
        return Collections.unmodifiableMap(totals);
    }

    /** For tests: how often processing has looked at a training's share or at a thread other than the boundary's own. */
    synchronized long visits() {
        return processor.allocator().collections() + processor.threads().loops().visits();
    }
}
