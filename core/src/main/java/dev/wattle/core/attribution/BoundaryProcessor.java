/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.IterationRecord;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows what threads tell, boundary by boundary, in the order of the queue, and has the energy between them dealt out.
 *
 * <p>For one thread at a time.
 */
final class BoundaryProcessor {

    /**
     * What went on before there was anybody to follow it is followed too: counters may have been read, and boundaries told,
     * long before. Where nothing was read, there is nothing to deal out.
     */
    private static final long BEFORE_NANOS = 3_600_000_000_000L;

    private final DomainEnergies energies;
    private final SamplingClock clock;
    private final MetricNames metrics;
    private final TrainingObserver observer;
    private final TrainingRegistry trainings;
    private final EnergyAllocator partition;
    private final ThreadRegistry threads;
    private final long[] epochs = new long[Framework.values().length];
    private final long[] samples = new long[Framework.values().length];
    private boolean[] ours = {};
    private final boolean[] seen = new boolean[Framework.values().length];

    private boolean wantsIterations;

    BoundaryProcessor(
            DomainEnergies energies,
            SamplingClock clock,
            MetricNames metrics,
            TrainingNames names,
            TrainingObserver observer) {
        this.energies = energies;
        this.clock = clock;
        this.metrics = metrics;
        this.observer = observer;
        this.trainings = new TrainingRegistry(names);
        this.partition = new EnergyAllocator(clock.nanoTime() - BEFORE_NANOS);
        this.threads = new ThreadRegistry(energies, clock, trainings, partition);
    }

    TrainingRegistry trainings() {
        return trainings;
    }

    EnergyAllocator partition() {
        return partition;
    }

    ThreadRegistry threads() {
        return threads;
    }

    boolean hasSeen(Framework framework) {
        return seen[framework.ordinal()];
    }

    long epochs(Framework framework) {
        return epochs[framework.ordinal()];
    }

    long samples(Framework framework) {
        return samples[framework.ordinal()];
    }

    /** A round of boundaries begins. */
    void begin() {
        wantsIterations = observer.wantsIterations();
        ours = energies.ours();
    }

    /** Whether the boundary changes what is going on; others are only counted. */
    boolean needsEnergies(BoundaryEvent event) {
        if (threads.hasLost(event) || threads.hasEnded(event.thread)) {
            return true;
        }
        return switch (Boundary.ofEvent(event.event)) {
            case FETCH, METRIC, PLAN, STOPPED, SEGMENTS_BEGIN, SEGMENTS_END -> false;
            case BATCH, ITERATION -> wantsIterations || !continues(event);
            case RUN_END -> Boundary.frameworkOf(event.event) != Framework.CUSTOM;
            default -> true;
        };
    }

    /** Whether a batch goes on with what its thread was already at. */
    private boolean continues(BoundaryEvent event) {
        if (Boundary.frameworkOf(event.event) == Framework.CUSTOM) {
            return true;
        }
        TrainingThread thread = threads.find(event.thread);
        if (thread == null) {
            return false;
        }
        return thread.innermostOfFrameworks() != null
                || (thread.loose() != null
                        && thread.loose() == trainings.find(Boundary.frameworkOf(event.event), event.subject));
    }

    /** @param at the domains' energies at the boundary, where {@link #needsEnergies} */
    void take(BoundaryEvent event, long[] at) {
        boolean lost = threads.hasLost(event);
        boolean framesLost = lost && threads.lose(event);
        switch (Boundary.ofEvent(event.event)) {
            case LOST -> {
                threads.advance(event.nanos, at);
                if (framesLost) {
                    beginTentative(event);
                }
                threads.releaseIdle();
            }
            case THREAD_END -> endThread(event, at);
            case ABANDONED -> abandon(event, at);
            default -> {
                seen[Boundary.frameworkOf(event.event).ordinal()] = true;
                TrainingThread thread = threads.of(event.thread);
                if (thread.hasEnded()) {
                    threads.advance(event.nanos, at);
                    thread.handOver();
                    thread.settle();
                }
                if (Boundary.frameworkOf(event.event) == Framework.CUSTOM) {
                    takeOfProgram(thread, event, at);
                } else {
                    takeOfFramework(Boundary.frameworkOf(event.event), thread, event, at);
                }
                thread.told(event.nanos);
                if (lost) {
                    markLoss(thread, event, framesLost);
                }
                threads.release(event.thread, thread);
            }
        }
    }

    /** What is told of a training after a loss is as good as it gets, and no epoch of it goes without a mark. */
    private void markLoss(TrainingThread thread, BoundaryEvent event, boolean framesLost) {
        thread.incomplete();
        Training training = trainings.find(Boundary.frameworkOf(event.event), event.subject);
        if (training != null) {
            training.incomplete();
        }
        if (framesLost) {
            beginTentative(event);
        }
    }

    /** What threads are still at may be an epoch whose begin was lost. */
    private void beginTentative(BoundaryEvent event) {
        for (TrainingThread thread : threads.sharing(event.thread)) {
            Training loose = thread.loose();
            if (loose != null) {
                loose.beginTentative(event.nanos, partition.totalMicrojoules(ours));
            }
        }
    }

    /** Following a boundary has failed half-way: nothing is known of its thread. */
    void failed(long id) {
        TrainingThread thread = threads.find(id);
        if (thread != null) {
            threads.lose(thread, true);
            threads.release(id, thread);
        }
    }

    private void takeOfProgram(TrainingThread thread, BoundaryEvent event, long[] at) {
        switch (Boundary.ofEvent(event.event)) {
            case RUN_BEGIN -> beginRunOfProgram(thread, event, at);
            case EPOCH_BEGIN -> beginEpochOfProgram(thread, event, at);
            case EPOCH_END -> endEpochOfProgram(thread, event, at);
            case ITERATION -> iteration(Framework.CUSTOM, thread, event, at);
            case METRIC -> metric(Framework.CUSTOM, thread, event);
            default -> {
                // A program tells no more.
            }
        }
    }

    private void takeOfFramework(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        switch (Boundary.ofEvent(event.event)) {
            case RUN_BEGIN -> beginRun(framework, thread, event, at);
            case RUN_END -> endRun(framework, thread, event, at);
            case PLAN -> plan(framework, thread, event);
            case WORKER_BEGIN -> beginWork(framework, thread, event, at);
            case WORKER_END -> endWork(thread, event, at);
            case EPOCH_BEGIN -> beginEpoch(framework, thread, event, at);
            case EPOCH_END -> endEpoch(framework, thread, event, at);
            case PASS_BEGIN -> beginPass(framework, thread, event, at);
            case FETCH -> fetch(thread, event);
            case BATCH -> batch(framework, thread, event, at);
            case SEGMENTS_BEGIN -> thread.beginSegments();
            case SEGMENTS_END -> thread.endSegments();
            case ITERATION -> iteration(framework, thread, event, at);
            case VALIDATION_BEGIN -> beginBeside(Boundary.VALIDATION_BEGIN, framework, thread, event, at);
            case VALIDATION_END -> endBeside(Boundary.VALIDATION_BEGIN, thread, event, at);
            case INFERENCE_BEGIN -> beginBeside(Boundary.INFERENCE_BEGIN, framework, thread, event, at);
            case INFERENCE_END -> endBeside(Boundary.INFERENCE_BEGIN, thread, event, at);
            case METRIC -> metric(framework, thread, event);
            case CLOSE -> close(framework, thread, event, at);
            case STOPPED -> stop(framework, event);
            default -> {
                // What the meter tells itself is of no framework.
            }
        }
    }

    private void endThread(BoundaryEvent event, long[] at) {
        TrainingThread thread = threads.find(event.thread);
        if (thread != null) {
            threads.pass(thread, event.nanos, at);
            thread.end();
            thread.settle();
            threads.release(event.thread, thread);
        }
    }

    private void abandon(BoundaryEvent event, long[] at) {
        TrainingThread thread = threads.find(event.thread);
        Training training = trainings.find(Framework.CUSTOM, event.subject);
        if (thread != null && training != null) {
            threads.pass(thread, event.nanos, at);
            leaveEpoch(thread, training, event.size);
            thread.settle();
            threads.release(event.thread, thread);
        }
    }

    /** An epoch of the program's never came to its end. */
    private static void leaveEpoch(TrainingThread thread, Training training, long instance) {
        OpenEpoch left = thread.popEpoch(training, instance);
        if (left != null) {
            training.discardEpoch(left);
        }
    }

    private void beginRunOfProgram(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        Training training = trainings.of(Framework.CUSTOM, event.subject, event.nanos);
        // Where the program has not closed its last epoch, as where an exception went past it.
        leaveEpoch(thread, training, Boundary.UNKNOWN);
        training.planInAll(event.size);
        thread.settle();
    }

    private void beginEpochOfProgram(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        Training training = trainings.of(Framework.CUSTOM, event.subject, event.nanos);
        leaveEpoch(thread, training, Boundary.UNKNOWN);
        OpenEpoch epoch = training.openEpoch(event.nanos);
        if (event.size == Boundary.FAILED) {
            training.incomplete();
            epoch.incomplete = true;
        }
        if (!thread.pushEpoch(training, event.nanos, epoch)) {
            training.discardEpoch(epoch);
            training.incomplete();
        }
        training.iterationFrom(event.nanos, partition.totalMicrojoules(ours));
        thread.settle();
    }

    private void endEpochOfProgram(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        Training training = trainings.find(Framework.CUSTOM, event.subject);
        OpenEpoch epoch = training == null ? null : thread.popEpoch(training, event.size);
        if (training != null && epoch != null) {
            closeEpoch(training, epoch, event.nanos);
        } else if (training != null) {
            // One that was taken to be left, since its thread has begun another.
            training.incomplete();
        }
        thread.settle();
    }

    private void beginRun(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        Training training = thread.enclosing();
        if (training != null) {
            trainings.alias(framework, event.subject, training);
        } else {
            training = trainings.of(framework, event.subject, event.nanos);
            training.beginRun(event.size, event.value);
        }
        thread.push(Boundary.RUN_BEGIN, training);
        thread.settle();
    }

    private void endRun(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        passEnd(framework, thread, event, at);
        Training training = thread.pop(Boundary.RUN_BEGIN);
        if (training == null) {
            training = doubtful(framework, event);
        }
        if (training != null && !thread.isInside() && training.isPassOpen()) {
            boolean whole = event.size != Boundary.FAILED && training.hasIterated();
            endPass(training, event.nanos, whole);
        }
        if (training != null && !thread.isInside()) {
            training.endRun();
        }
        thread.settle();
    }

    /** An end whose begin is not known shows all the same what its thread was at. */
    private void passEnd(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        Training loose = thread.loose();
        boolean isEnding = loose != null && loose == trainings.find(framework, event.subject);
        threads.pass(thread, event.nanos, at, isEnding ? loose : null);
        if (isEnding) {
            thread.loosen(null, 0);
        }
    }

    /** The training that an end is about whose begin was lost; null where nothing was. */
    private @Nullable Training doubtful(Framework framework, BoundaryEvent event) {
        Training training = trainings.find(framework, event.subject);
        return training != null && training.isIncomplete() ? training : null;
    }

    private static void plan(Framework framework, TrainingThread thread, BoundaryEvent event) {
        Training training = thread.enclosing();
        if (training != null && training.framework() == framework) {
            training.planAtMost(event.size);
        }
    }

    private void stop(Framework framework, BoundaryEvent event) {
        Training training = trainings.find(framework, event.subject);
        if (training != null) {
            training.stop();
        }
    }

    private void beginWork(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        thread.push(Boundary.WORKER_BEGIN, of(framework, thread, event));
        thread.settle();
    }

    private void endWork(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        thread.pop(Boundary.WORKER_BEGIN);
        thread.settle();
    }

    private Training of(Framework framework, TrainingThread thread, BoundaryEvent event) {
        Training enclosing = thread.enclosing();
        return enclosing != null ? enclosing : trainings.of(framework, event.subject, event.nanos);
    }

    private void beginEpoch(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.pass(thread, event.nanos, at);
        Training training = of(framework, thread, event);
        if (training.framework() != Framework.CUSTOM) {
            if (training.isPassOpen()) {
                endPass(training, event.nanos, training.hasIterated());
            }
            training.beginEpoch(event.nanos, partition.totalMicrojoules(ours));
        }
        thread.push(Boundary.EPOCH_BEGIN, training);
        thread.settle();
    }

    private void endEpoch(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        passEnd(framework, thread, event, at);
        Training training = thread.pop(Boundary.EPOCH_BEGIN);
        boolean ends = training != null && training.endEpoch();
        if (training == null) {
            training = doubtful(framework, event);
            ends = training != null && training.isPassOpen();
        }
        if (training != null && ends) {
            if (event.size == Boundary.FAILED) {
                training.discardEpoch();
            } else {
                endPass(training, event.nanos, true);
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
        Training training = of(framework, thread, event);
        if (training.isPassOpen()) {
            endPass(training, inside ? event.nanos : training.lastSeenNanos(), training.hasIterated());
        }
        training.beginPass(event.nanos, partition.totalMicrojoules(ours));
        training.fetchedUntil(thread.fetched);
        if (!inside) {
            thread.loosen(training, event.nanos);
        }
        thread.settle();
    }

    private static void fetch(TrainingThread thread, BoundaryEvent event) {
        if (!thread.isBesideTraining() && event.size > 0) {
            thread.fetched = SaturatingMath.add(thread.fetched, event.size);
            thread.lastFetched = event.size;
        }
    }

    private void batch(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        trains(framework, thread, event, at).batch(event.size);
    }

    private void iteration(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        Training training = trains(framework, thread, event, at);
        training.stepped(event.nanos);
        trainings.number(training);
        long batch = Math.max(0, samples(training, thread, event));
        boolean isKnown = batch > 0;
        if (thread.isInFurtherSegment()) {
            batch = 0;
        }
        training.iteration(epochOf(training, thread), batch, event.value);
        int kind = training.framework().ordinal();
        samples[kind] = SaturatingMath.add(samples[kind], batch);
        if (wantsIterations) {
            tellIteration(training, event, isKnown ? batch : Boundary.UNKNOWN, at);
        }
    }

    private static @Nullable OpenEpoch epochOf(Training training, TrainingThread thread) {
        return training.framework() == Framework.CUSTOM ? thread.epochOf(training) : training.epoch();
    }

    private static long samples(Training training, TrainingThread thread, BoundaryEvent event) {
        long told = training.takeBatches();
        if (event.size != Boundary.UNKNOWN) {
            return event.size;
        }
        long fetched = training.samplesSince(thread.fetched, thread.lastFetched);
        return told > 0 ? told : fetched;
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
                batch,
                event.value,
                event.nanos - begin < 2 * energies.resolutionNanos()));
    }

    /** The thread trains a batch: with what it was at, or with what it says, where it is in nothing that has a begin. */
    private Training trains(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        Training known = framework == Framework.CUSTOM
                ? trainings.of(framework, event.subject, event.nanos)
                : thread.innermostOfFrameworks();
        if (known != null) {
            known.seen(event.nanos);
            return known;
        }
        Training training = trainings.of(framework, event.subject, event.nanos);
        if (thread.loose() != training) {
            Training before = thread.loose();
            threads.pass(thread, event.nanos, at, before == null ? null : training);
        }
        training.seen(event.nanos);
        thread.loosen(training, event.nanos);
        thread.settle();
        return training;
    }

    private void beginBeside(
            Boundary begin, Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        Training loose = thread.loose();
        threads.pass(thread, event.nanos, at);
        Training about = scored(framework, thread, event);
        thread.push(begin, about);
        if (loose != null) {
            thread.loosen(loose, event.nanos);
        }
        thread.settle();
    }

    /**
     * What is scored or used: in a fit, what that trains; in an epoch of the program's, a training of its own where the model
     * is known to have trained, and otherwise the program's.
     */
    private Training scored(Framework framework, TrainingThread thread, BoundaryEvent event) {
        Training enclosing = thread.enclosing();
        if (enclosing != null) {
            return enclosing;
        }
        Training known = trainings.find(framework, event.subject);
        Training programs = thread.innermostOfProgram();
        if (programs != null && (known == null || !known.hasTrained())) {
            return programs;
        }
        return known != null ? known : trainings.of(framework, 0, event.nanos);
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
        Training known = framework == Framework.CUSTOM ? null : thread.innermostOfFrameworks();
        Training training = known != null ? known : trainings.find(framework, event.subject);
        if (training != null) {
            training.metric(epochOf(training, thread), metrics.nameOf(event.size), event.value);
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
            training.close();
        }
        thread.settle();
    }

    private void endPass(Training training, long nanos, boolean isEpoch) {
        OpenEpoch epoch = training.epoch();
        if (isEpoch && epoch != null) {
            closeEpoch(training, epoch, nanos);
        } else {
            training.discardEpoch();
        }
    }

    private void closeEpoch(Training training, OpenEpoch epoch, long nanos) {
        trainings.number(training);
        EpochRecord record = training.closeEpoch(epoch, nanos, EpochContext.now(energies, clock));
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
