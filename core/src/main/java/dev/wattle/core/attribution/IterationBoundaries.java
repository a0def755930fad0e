/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.IterationRecord;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.sampling.DomainEnergies;
import org.jspecify.annotations.Nullable;

/** Processes what happens inside an epoch: batches, iterations and metrics. For the thread that follows. */
final class IterationBoundaries {

    private final DomainEnergies energies;
    private final MetricNames metrics;
    private final TrainingObserver observer;
    private final ThreadRegistry threads;
    private final TrainingRegistry trainings;
    private final EnergyAllocator allocator;
    private final long[] samples = new long[Framework.values().length];
    private boolean wantsIterations;

    IterationBoundaries(
            DomainEnergies energies,
            MetricNames metrics,
            TrainingObserver observer,
            ThreadRegistry threads,
            TrainingRegistry trainings,
            EnergyAllocator allocator) {
        this.energies = energies;
        this.metrics = metrics;
        this.observer = observer;
        this.threads = threads;
        this.trainings = trainings;
        this.allocator = allocator;
    }

    /** A round of boundaries starts. */
    void startRound() {
        wantsIterations = observer.wantsIterations();
    }

    /** The samples that a framework has trained on, as far as known. */
    long samples(Framework framework) {
        return samples[framework.ordinal()];
    }

    /** Whether a batch or an iteration changes what its thread does, or its energy is asked for. */
    boolean needsEnergies(BoundaryEvent event) {
        return wantsIterations || !continues(event);
    }

    private boolean continues(BoundaryEvent event) {
        Framework framework = Boundary.frameworkOf(event.event());
        if (framework == Framework.CUSTOM) {
            return true;
        }
        TrainingThread thread = threads.find(event.thread());
        if (thread == null) {
            return false;
        }
        return thread.scopes().innermostOfFrameworks() != null
                || (thread.unscoped() != null && thread.unscoped() == trainings.find(framework, event.subject()));
    }

    /** A batch was taken from the data. */
    static void fetch(TrainingThread thread, BoundaryEvent event) {
        if (!thread.scopes().isEvaluating() && event.size() > 0) {
            thread.fetch(event.size());
        }
    }

    /** A batch starts to train. */
    void batch(TrainingThread thread, BoundaryEvent event, long[] at) {
        trainingOf(thread, event, at).progress().batch(event.size());
    }

    /** The weights were updated. */
    void iteration(TrainingThread thread, BoundaryEvent event, long[] at) {
        Training training = trainingOf(thread, event, at);
        if (training.progress().stepped(event.nanos())) {
            threads.loops().watch(training);
        }
        trainings.number(training);
        long batch = Math.max(0, samples(training, thread, event));
        boolean isKnown = batch > 0;
        if (thread.isInFurtherSegment()) {
            batch = 0;
        }
        training.iteration(epochOf(training, thread), batch, event.value());
        int framework = training.framework().ordinal();
        samples[framework] = SaturatingMath.add(samples[framework], batch);
        if (wantsIterations) {
            report(training, event, isKnown ? batch : Boundary.UNKNOWN, at);
        }
    }

    private static @Nullable OpenEpoch epochOf(Training training, TrainingThread thread) {
        return training.framework() == Framework.CUSTOM ? thread.scopes().epochOf(training) : training.epoch();
    }

    private static long samples(Training training, TrainingThread thread, BoundaryEvent event) {
        long reported = training.progress().takeBatches();
        if (event.size() != Boundary.UNKNOWN) {
            return event.size();
        }
        long fetched = training.progress().samplesSince(thread.fetched(), thread.lastFetched());
        return reported > 0 ? reported : fetched;
    }

    private void report(Training training, BoundaryEvent event, long batch, long[] at) {
        long total = allocator.totalMicrojoules(at);
        boolean known = training.progress().iterationNanos() != 0;
        long start = known ? training.progress().iterationNanos() : event.nanos();
        long used = known ? Math.max(0, total - training.progress().iterationMicrojoules()) : 0;
        training.progress().iterationFrom(event.nanos(), total);
        observer.iteration(new IterationRecord(
                training.framework(),
                training.number(),
                training.progress().iterations(),
                start,
                event.nanos(),
                used,
                batch,
                event.value(),
                event.nanos() - start < 2 * energies.resolutionNanos()));
    }

    /** The training of a batch: the one that the thread is in, or the batch's subject where it is in no scope. */
    private Training trainingOf(TrainingThread thread, BoundaryEvent event, long[] at) {
        Framework framework = Boundary.frameworkOf(event.event());
        Training known = framework == Framework.CUSTOM
                ? trainings.of(framework, event.subject(), event.nanos())
                : thread.scopes().innermostOfFrameworks();
        if (known != null) {
            known.seen(event.nanos());
            return known;
        }
        Training training = trainings.of(framework, event.subject(), event.nanos());
        if (thread.unscoped() != training) {
            threads.advance(thread, event.nanos(), at, thread.unscoped() == null ? null : training);
        }
        training.seen(event.nanos());
        thread.unscoped(training, event.nanos());
        thread.update();
        return training;
    }

    /** A metric of the open epoch, or of the last one. */
    void metric(TrainingThread thread, BoundaryEvent event) {
        Framework framework = Boundary.frameworkOf(event.event());
        Training known = framework == Framework.CUSTOM ? null : thread.scopes().innermostOfFrameworks();
        Training training = known != null ? known : trainings.find(framework, event.subject());
        if (training != null) {
            training.metric(epochOf(training, thread), metrics.nameOf(event.size()), event.value());
        }
    }

    /** Tokens or operations of a training, which its epoch identifies. */
    void work(BoundaryEvent event) {
        Training training = trainings.find(Boundary.frameworkOf(event.event()), event.subject());
        if (training != null && Boundary.ofEvent(event.event()) == Boundary.TOKENS) {
            training.progress().tokens(event.size());
        } else if (training != null) {
            training.progress().flops(event.value());
        }
    }
}
