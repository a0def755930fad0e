/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import dev.wattle.core.sampling.SamplingClock;
import java.util.List;

/**
 * Follows what threads tell, boundary by boundary, in the order of the queue, and has the energy between them dealt out.
 *
 * <p>For one thread at a time.
 */
final class BoundaryFollower {

    private final DomainEnergies energies;
    private final SamplingClock clock;
    private final MetricNames metrics;
    private final TrainingObserver observer;
    private final Trainings trainings;
    private final EnergyPartition partition;
    private final HostThreads threads;
    private final long[] epochs = new long[Framework.values().length];
    private final long[] samples = new long[Framework.values().length];
    private boolean[] ours = {};

    private final Stoppable stoppable = new Stoppable();

    private boolean wantsIterations;

    BoundaryFollower(
            DomainEnergies energies,
            SamplingClock clock,
            MetricNames metrics,
            TrainingNames names,
            TrainingObserver observer) {
        this.energies = energies;
        this.clock = clock;
        this.metrics = metrics;
        this.observer = observer;
        this.trainings = new Trainings(names);
        this.partition = new EnergyPartition(clock.nanoTime());
        this.threads = new HostThreads(energies, clock, trainings, partition);
    }

    Trainings trainings() {
        return trainings;
    }

    EnergyPartition partition() {
        return partition;
    }

    long epochs(Framework framework) {
        return epochs[framework.ordinal()];
    }

    long samples(Framework framework) {
        return samples[framework.ordinal()];
    }

    Stoppable stoppable() {
        return stoppable;
    }

    /** A round of boundaries begins. */
    void begin() {
        wantsIterations = observer.wantsIterations();
        ours = energies.ours();
    }

    /** Whether the boundary changes what is going on; others are only counted. */
    boolean needsEnergies(BoundaryEvent event) {
        return switch (Boundary.ofEvent(event.event)) {
            case FETCH, METRIC -> false;
            case BATCH, ITERATION -> wantsIterations || !continues(event);
            default -> true;
        };
    }

    /** Whether a batch goes on with what its thread was already at. */
    private boolean continues(BoundaryEvent event) {
        TrainingThread thread = threads.find(event.thread);
        if (thread == null) {
            return false;
        }
        return thread.isInside()
                || (thread.loose() != null
                        && thread.loose() == trainings.find(Boundary.frameworkOf(event.event), event.subject));
    }

    /** @param at the domains' energies at the boundary, where {@link #needsEnergies} */
    void take(BoundaryEvent event, long[] at) {
        Framework framework = Boundary.frameworkOf(event.event);
        TrainingThread thread = threads.of(event.thread);
        switch (Boundary.ofEvent(event.event)) {
            case RUN_BEGIN -> beginRun(framework, thread, event, at);
            case RUN_END -> endRun(thread, event, at);
            case WORKER_BEGIN -> beginWork(framework, thread, event, at);
            case WORKER_END -> endWork(thread, event, at);
            case EPOCH_BEGIN -> beginEpoch(framework, thread, event, at);
            case EPOCH_END -> endEpoch(thread, event, at);
            case PASS_BEGIN -> beginPass(framework, thread, event, at);
            case FETCH -> fetch(thread, event);
            case BATCH -> batch(framework, thread, event, at);
            case ITERATION -> iteration(framework, thread, event, at);
            case VALIDATION_BEGIN -> beginBeside(Boundary.VALIDATION_BEGIN, framework, thread, event, at);
            case VALIDATION_END -> endBeside(Boundary.VALIDATION_BEGIN, thread, event, at);
            case INFERENCE_BEGIN -> beginBeside(Boundary.INFERENCE_BEGIN, framework, thread, event, at);
            case INFERENCE_END -> endBeside(Boundary.INFERENCE_BEGIN, thread, event, at);
            case METRIC -> metric(framework, thread, event);
            case CLOSE -> close(framework, thread, event, at);
        }
        threads.release(event.thread, thread);
    }

    private void beginRun(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        if (framework == Framework.CUSTOM
                && thread.isInside()
                && thread.outermost() == trainings.find(framework, event.subject)) {
            // The program has not closed its last epoch, as where an exception went past it.
            thread.leaveAll();
        }
        Training training;
        if (thread.isInside()) {
            training = thread.outermost();
            if (framework != Framework.CUSTOM) {
                // A name the program gave is a training of its own again outside of this one.
                trainings.alias(framework, event.subject, training);
            }
        } else {
            training = trainings.of(framework, event.subject, event.nanos);
            if (framework == Framework.CUSTOM) {
                training.planInAll(event.size);
            } else {
                training.plan(event.size);
            }
        }
        thread.push(Boundary.RUN_BEGIN, training);
        thread.settle();
    }

    private void endRun(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        Training training = thread.pop(Boundary.RUN_BEGIN);
        if (training != null && !thread.isInside() && training.isPassOpen()) {
            boolean whole = event.size != Boundary.FAILED && training.hasIterated();
            endPass(training, event.nanos, whole);
        }
        thread.settle();
    }

    private void beginWork(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        thread.push(
                Boundary.WORKER_BEGIN,
                thread.isInside() ? thread.outermost() : trainings.of(framework, event.subject, event.nanos));
        thread.settle();
    }

    private void endWork(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        thread.pop(Boundary.WORKER_BEGIN);
        thread.settle();
    }

    private void beginEpoch(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        Training training =
                thread.isInside() ? thread.outermost() : trainings.of(framework, event.subject, event.nanos);
        if (training.isPassOpen()) {
            endPass(training, event.nanos, training.hasIterated());
        }
        training.beginEpoch(event.nanos, partition.totalMicrojoules(ours));
        thread.push(Boundary.EPOCH_BEGIN, training);
        thread.settle();
    }

    private void endEpoch(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        Training training = thread.pop(Boundary.EPOCH_BEGIN);
        if (training != null && training.endEpoch()) {
            if (event.size == Boundary.FAILED) {
                training.discardEpoch();
            } else {
                closeEpoch(training, event.nanos);
            }
        }
        thread.settle();
    }

    private void beginPass(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        if (thread.isBesideTraining()) {
            return;
        }
        threads.pass(thread, event.nanos, at);
        boolean inside = thread.isInside();
        Training training = inside ? thread.outermost() : trainings.of(framework, event.subject, event.nanos);
        if (training.isPassOpen()) {
            endPass(training, inside ? event.nanos : training.lastSeenNanos(), training.hasIterated());
        }
        training.beginPass(event.nanos, partition.totalMicrojoules(ours));
        training.fetchedUntil(thread.fetched);
        if (!inside) {
            thread.passData = (int) event.size;
            thread.loosen(training, event.nanos);
        }
        thread.settle();
    }

    private static void fetch(TrainingThread thread, BoundaryEvent event) {
        if (!thread.isBesideTraining() && event.size > 0) {
            thread.fetched += event.size;
            thread.lastFetched = event.size;
        }
    }

    private void batch(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        if (event.size > 0) {
            thread.batchSamples += event.size;
        }
        trains(framework, thread, event, at);
    }

    private void iteration(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        Training training = trains(framework, thread, event, at);
        training.stepped(event.nanos);
        trainings.number(training);
        stoppable.note(event.subject);
        long batch = event.size;
        if (batch == Boundary.UNKNOWN) {
            long fetched = training.samplesSince(thread.fetched, thread.lastFetched);
            batch = thread.batchSamples > 0 ? thread.batchSamples : fetched;
        }
        thread.batchSamples = 0;
        training.iteration(batch, event.value);
        samples[training.framework().ordinal()] += Math.max(0, batch);
        if (wantsIterations) {
            tellIteration(training, event, batch, at);
        }
    }

    private void tellIteration(Training training, BoundaryEvent event, long batch, long[] at) {
        long total = 0;
        for (int domain = 0; domain < Math.min(ours.length, at.length); domain++) {
            total += ours[domain] ? at[domain] : 0;
        }
        boolean known = training.iterationNanos() != 0;
        long begin = known ? training.iterationNanos() : event.nanos;
        long used = known ? Math.max(0, total - training.iterationMicrojoules()) : 0;
        training.iterationFrom(event.nanos, total);
        observer.iteration(new IterationRecord(
                training.framework(),
                training.number(),
                training.iterations(),
                begin,
                event.nanos,
                used,
                batch > 0 ? batch : Boundary.UNKNOWN,
                event.value,
                event.nanos - begin < 2 * energies.resolutionNanos()));
    }

    /** The thread trains a batch: with what it was at, or with what it says, where it is in nothing that has a begin. */
    private Training trains(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        if (thread.isInside()) {
            Training training = thread.outermost();
            training.seen(event.nanos);
            return training;
        }
        Training training = trainings.of(framework, event.subject, event.nanos);
        if (thread.loose() != training) {
            Training before = thread.loose();
            threads.pass(thread, event.nanos, at, before == null ? null : training);
        }
        stoppable.note(thread.passData);
        training.seen(event.nanos);
        thread.loosen(training, event.nanos);
        thread.settle();
        return training;
    }

    private void beginBeside(
            Boundary begin, Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        Training loose = thread.loose();
        threads.pass(thread, event.nanos, at);
        Training about = thread.isInside() ? thread.outermost() : trainings.find(framework, event.subject);
        if (about == null) {
            about = trainings.of(framework, 0, event.nanos);
        }
        thread.push(begin, about);
        if (loose != null) {
            thread.loosen(loose, event.nanos);
        }
        thread.settle();
    }

    private void endBeside(Boundary begin, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        Training training = thread.pop(begin);
        if (training != null && begin == Boundary.VALIDATION_BEGIN) {
            training.seen(event.nanos);
        }
        if (!thread.isInside() && thread.loose() != null) {
            thread.loosen(thread.loose(), event.nanos);
        }
        thread.settle();
    }

    private void metric(Framework framework, TrainingThread thread, BoundaryEvent event) {
        Training training = thread.isInside() ? thread.outermost() : trainings.find(framework, event.subject);
        if (training != null) {
            training.metric(metrics.nameOf(event.size), event.value);
        }
    }

    private void close(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        Training training = trainings.find(framework, event.subject);
        if (training != null && !thread.isInside()) {
            threads.leaveLoose(training);
            if (training.isPassOpen()) {
                endPass(training, training.lastSeenNanos(), training.hasIterated() && !training.looksPartial());
            }
        }
        thread.settle();
    }

    private void endPass(Training training, long nanos, boolean isEpoch) {
        if (isEpoch) {
            closeEpoch(training, nanos);
        } else {
            training.discardEpoch();
        }
    }

    private void closeEpoch(Training training, long nanos) {
        trainings.number(training);
        EpochRecord record = training.closeEpoch(nanos, EpochFrame.now(energies, clock));
        epochs[training.framework().ordinal()]++;
        trainings.bound(training);
        observer.epoch(record);
    }

    /** Nothing was told until an instant. */
    void passTime(long nanos, long[] at) {
        threads.passTime(nanos, at);
    }

    /** The run is over. */
    void finish(long nanos, long[] at) {
        threads.finish(nanos, at);
        for (Training training : List.copyOf(trainings.followed())) {
            if (training.isPassOpen() && training.phase().isEmpty()) {
                endPass(training, training.lastSeenNanos(), training.hasIterated() && !training.looksPartial());
            }
        }
    }
}
