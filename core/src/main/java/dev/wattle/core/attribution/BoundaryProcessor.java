/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTotals;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;
import java.util.List;

/**
 * Processes boundaries one by one in the order of the queue, and has the energy between them allocated.
 *
 * <p>A boundary costs the same however many threads and trainings are known: it looks at its own thread, at the training that
 * it is about and at those inside and around it. For one thread at a time.
 */
final class BoundaryProcessor {

    /**
     * How far back allocation starts, one hour: counters may have been read and boundaries reported long before there was a
     * processor. Where nothing was read, there is nothing to allocate.
     */
    private static final long BEFORE_NANOS = 3_600_000_000_000L;

    private final DomainEnergies energies;
    private final EnergyAllocator allocator;
    private final TrainingRegistry trainings;
    private final ThreadRegistry threads;
    private final EpochRecorder recorder;
    private final IterationBoundaries iterations;
    private final FrameworkBoundaries ofFrameworks;
    private final ProgramBoundaries ofProgram;
    private final boolean[] seen = new boolean[Framework.values().length];

    BoundaryProcessor(
            DomainEnergies energies,
            SamplingClock clock,
            MetricNames metrics,
            TrainingNames names,
            TrainingObserver observer) {
        this.energies = energies;
        this.allocator = new EnergyAllocator(clock.nanoTime() - BEFORE_NANOS);
        this.trainings = new TrainingRegistry(names, allocator);
        this.threads = new ThreadRegistry(energies, clock, allocator);
        this.recorder = new EpochRecorder(energies, clock, trainings, observer);
        this.iterations = new IterationBoundaries(energies, metrics, observer, threads, trainings, allocator);
        this.ofFrameworks = new FrameworkBoundaries(threads, trainings, allocator, recorder);
        this.ofProgram = new ProgramBoundaries(threads, trainings, allocator, recorder);
    }

    TrainingRegistry trainings() {
        return trainings;
    }

    EnergyAllocator allocator() {
        return allocator;
    }

    ThreadRegistry threads() {
        return threads;
    }

    /** Whether a framework has reported anything. */
    boolean hasSeen(Framework framework) {
        return seen[framework.ordinal()];
    }

    /** @param reported how many iterations of the framework were reported, those that are still to be processed included */
    FrameworkTotals totals(Framework framework, long reported) {
        return new FrameworkTotals(recorder.epochs(framework), reported, iterations.samples(framework));
    }

    /** A round of boundaries starts. */
    void startRound() {
        iterations.startRound();
        allocator.totalOver(energies.ours());
    }

    /** Whether the boundary needs the energies at its instant; others are only counted. */
    boolean needsEnergies(BoundaryEvent event) {
        if (threads.hasLost(event) || threads.hasEnded(event.thread())) {
            return true;
        }
        return switch (Boundary.ofEvent(event.event())) {
            case FETCH, METRIC, TOKENS, FLOPS, PLAN, STOPPED, SEGMENTS_START, SEGMENTS_END -> false;
            case BATCH, ITERATION -> iterations.needsEnergies(event);
            case RUN_END -> Boundary.frameworkOf(event.event()) != Framework.CUSTOM;
            default -> true;
        };
    }

    /** @param at the domains' energies at the boundary, where {@link #needsEnergies} */
    void process(BoundaryEvent event, long[] at) {
        boolean lost = threads.hasLost(event);
        boolean scopesLost = lost && threads.lose(event);
        switch (Boundary.ofEvent(event.event())) {
            case LOST -> {
                threads.advance(event.nanos(), at);
                if (scopesLost) {
                    startTentative(event);
                }
                threads.releaseIdle(event.thread());
            }
            case THREAD_END -> endThread(event, at);
            case ABANDONED -> ofProgram.abandon(event, at);
            default -> {
                TrainingThread thread = threads.of(event.thread());
                if (thread.hasEnded()) {
                    threads.advance(event.nanos(), at);
                    thread.handOver();
                }
                processOf(thread, event, at);
                thread.reported(event.nanos());
                if (lost) {
                    markLoss(thread, event);
                }
                if (scopesLost) {
                    startTentative(event);
                }
                threads.release(event.thread(), thread);
            }
        }
    }

    private void processOf(TrainingThread thread, BoundaryEvent event, long[] at) {
        Framework framework = Boundary.frameworkOf(event.event());
        seen[framework.ordinal()] = true;
        switch (Boundary.ofEvent(event.event())) {
            case ITERATION -> iterations.iteration(thread, event, at);
            case METRIC -> iterations.metric(thread, event);
            case TOKENS, FLOPS -> iterations.work(event);
            default -> {
                if (framework == Framework.CUSTOM) {
                    ofProgram.process(thread, event, at);
                } else {
                    processOfFramework(framework, thread, event, at);
                }
            }
        }
    }

    private void processOfFramework(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        switch (Boundary.ofEvent(event.event())) {
            case FETCH -> IterationBoundaries.fetch(thread, event);
            case BATCH -> iterations.batch(thread, event, at);
            case SEGMENTS_START -> thread.startSegments();
            case SEGMENTS_END -> thread.endSegments();
            default -> ofFrameworks.process(framework, thread, event, at);
        }
    }

    private void endThread(BoundaryEvent event, long[] at) {
        TrainingThread thread = threads.find(event.thread());
        if (thread != null) {
            threads.advance(thread, event.nanos(), at);
            thread.end();
            threads.release(event.thread(), thread);
        }
    }

    /** Marks what a thread reports after a loss, so that no epoch with figures in doubt goes without a mark. */
    private void markLoss(TrainingThread thread, BoundaryEvent event) {
        thread.incomplete();
        Training training = trainings.find(Boundary.frameworkOf(event.event()), event.subject());
        if (training != null) {
            training.incomplete();
        }
    }

    /** What threads are still in may be an epoch whose start was lost. */
    private void startTentative(BoundaryEvent event) {
        for (TrainingThread thread : threads.sharing(event.thread())) {
            Training unscoped = thread.unscoped();
            if (unscoped != null) {
                unscoped.startTentative(event.nanos(), allocator.totalMicrojoules());
            }
        }
    }

    /** A boundary was processed half-way only: what its thread does is in doubt. */
    void failed(long id) {
        TrainingThread thread = threads.find(id);
        if (thread != null) {
            ThreadRegistry.lose(thread, true);
            threads.release(id, thread);
        }
    }

    /**
     * Another carbon intensity applies from an instant on.
     *
     * @param at the domains' energies at that instant
     * @param step its number among those of the run
     */
    void changeIntensity(long nanos, long[] at, int step) {
        allocator.advance(nanos, at);
        for (Training training : trainings.followed()) {
            training.endIntensity(allocator.intensityStep());
        }
        allocator.intensityStep(step);
    }

    /** Nothing was reported until an instant. */
    void passTime(long nanos, long[] at) {
        threads.passTime(nanos, at);
    }

    /** The run is over. */
    void finish(long nanos, long[] at) {
        threads.finish(nanos, at);
        for (Training training : List.copyOf(trainings.followed())) {
            if (training.phase() == null) {
                recorder.endWhereLastSeen(training);
            }
        }
    }
}
