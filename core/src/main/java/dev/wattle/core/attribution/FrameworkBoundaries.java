/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.Framework;
import org.jspecify.annotations.Nullable;

/** Processes the starts and ends that frameworks report: fits, workers, epochs, passes and evaluations. For the thread that follows. */
final class FrameworkBoundaries {

    private final ThreadRegistry threads;
    private final TrainingRegistry trainings;
    private final EnergyAllocator allocator;
    private final EpochRecorder recorder;

    FrameworkBoundaries(
            ThreadRegistry threads, TrainingRegistry trainings, EnergyAllocator allocator, EpochRecorder recorder) {
        this.threads = threads;
        this.trainings = trainings;
        this.allocator = allocator;
        this.recorder = recorder;
    }

    /** @param at the domains' energies at the boundary */
    void process(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        Boundary boundary = Boundary.ofEvent(event.event());
        switch (boundary) {
            case RUN_START -> startRun(framework, thread, event, at);
            case RUN_END -> endRun(framework, thread, event, at);
            case PLAN -> limitEpochs(framework, thread, event);
            case WORKER_START -> startWorker(framework, thread, event, at);
            case WORKER_END -> endWorker(thread, event, at);
            case EPOCH_START -> startEpoch(framework, thread, event, at);
            case EPOCH_END -> endEpoch(framework, thread, event, at);
            case PASS_START -> startPass(framework, thread, event, at);
            case VALIDATION_START, INFERENCE_START -> startEvaluation(boundary, framework, thread, event, at);
            case VALIDATION_END -> endEvaluation(Boundary.VALIDATION_START, thread, event, at);
            case INFERENCE_END -> endEvaluation(Boundary.INFERENCE_START, thread, event, at);
            case CLOSE -> close(framework, thread, event, at);
            case STOPPED -> stop(framework, event);
            default -> {
                // All others are not about a start or an end.
            }
        }
    }

    private void startRun(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.advance(thread, event.nanos(), at);
        Training training = thread.scopes().enclosing();
        if (training != null) {
            trainings.alias(framework, event.subject(), training);
        } else {
            training = trainings.of(framework, event.subject(), event.nanos());
            training.startRun(event.size(), event.value());
        }
        thread.scopes().push(Boundary.RUN_START, training);
        thread.update();
    }

    private void endRun(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        advanceToEnd(framework, thread, event, at);
        Training training = thread.scopes().pop(Boundary.RUN_START);
        if (training == null) {
            training = incompleteTraining(framework, event);
        }
        if (training != null && !thread.scopes().isInside()) {
            if (training.isPassOpen()) {
                recorder.end(training, event.nanos(), event.size() != Boundary.FAILED && training.hasIterated());
            }
            training.plan().endRun();
        }
        thread.update();
    }

    /** Even an end without a known start shows what its thread was in. */
    private void advanceToEnd(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        Training unscoped = thread.unscoped();
        boolean isEnding = unscoped != null && unscoped == trainings.find(framework, event.subject());
        threads.advance(thread, event.nanos(), at, isEnding ? unscoped : null);
        if (isEnding) {
            thread.unscoped(null, 0);
        }
    }

    /** The training that an end is about whose start was lost; null where nothing was. */
    private @Nullable Training incompleteTraining(Framework framework, BoundaryEvent event) {
        Training training = trainings.find(framework, event.subject());
        return training != null && training.isIncomplete() ? training : null;
    }

    private static void limitEpochs(Framework framework, TrainingThread thread, BoundaryEvent event) {
        Training training = thread.scopes().enclosing();
        if (training != null && training.framework() == framework) {
            training.plan().limit(event.size());
        }
    }

    private void stop(Framework framework, BoundaryEvent event) {
        Training training = trainings.find(framework, event.subject());
        if (training != null) {
            training.stop();
        }
    }

    private void startWorker(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.advance(thread, event.nanos(), at);
        thread.scopes().push(Boundary.WORKER_START, trainingOf(framework, thread, event));
        thread.update();
    }

    private void endWorker(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.advance(thread, event.nanos(), at);
        thread.scopes().pop(Boundary.WORKER_START);
        thread.update();
    }

    private Training trainingOf(Framework framework, TrainingThread thread, BoundaryEvent event) {
        Training enclosing = thread.scopes().enclosing();
        return enclosing != null ? enclosing : trainings.of(framework, event.subject(), event.nanos());
    }

    private void startEpoch(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.advance(thread, event.nanos(), at);
        Training training = trainingOf(framework, thread, event);
        if (training.framework() != Framework.CUSTOM) {
            if (training.isPassOpen()) {
                recorder.end(training, event.nanos(), training.hasIterated());
            }
            training.startEpoch(event.nanos(), allocator.totalMicrojoules());
        }
        thread.scopes().push(Boundary.EPOCH_START, training);
        thread.update();
    }

    private void endEpoch(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        advanceToEnd(framework, thread, event, at);
        Training training = thread.scopes().pop(Boundary.EPOCH_START);
        boolean ends = training != null && training.leaveEpoch();
        if (training == null) {
            training = incompleteTraining(framework, event);
            ends = training != null && training.isPassOpen();
        }
        if (training != null && ends) {
            recorder.end(training, event.nanos(), event.size() != Boundary.FAILED);
        }
        thread.update();
    }

    private void startPass(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        if (thread.scopes().isEvaluating()) {
            return;
        }
        threads.advance(thread, event.nanos(), at);
        boolean inside = thread.scopes().isInside();
        Training training = trainingOf(framework, thread, event);
        if (training.isPassOpen()) {
            recorder.end(training, inside ? event.nanos() : training.lastSeenNanos(), training.hasIterated());
        }
        training.startPass(event.nanos(), allocator.totalMicrojoules());
        training.progress().fetchedUntil(thread.fetched());
        if (!inside) {
            thread.unscoped(training, event.nanos());
        }
        thread.update();
    }

    private void startEvaluation(
            Boundary start, Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        Training unscoped = thread.unscoped();
        threads.advance(thread, event.nanos(), at);
        thread.scopes().push(start, evaluated(framework, thread, event));
        if (unscoped != null) {
            thread.unscoped(unscoped, event.nanos());
        }
        thread.update();
    }

    /**
     * The training that is evaluated: in a fit that of the fit. In an epoch of the program that of the model, where it is
     * known to have trained, and otherwise the program's.
     */
    private Training evaluated(Framework framework, TrainingThread thread, BoundaryEvent event) {
        Training enclosing = thread.scopes().enclosing();
        if (enclosing != null) {
            return enclosing;
        }
        Training known = trainings.find(framework, event.subject());
        Training ofProgram = thread.scopes().innermostOfProgram();
        if (ofProgram != null && (known == null || !known.hasTrained())) {
            return ofProgram;
        }
        return known != null ? known : trainings.of(framework, 0, event.nanos());
    }

    private void endEvaluation(Boundary start, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.advance(thread, event.nanos(), at);
        Training training = thread.scopes().pop(start);
        if (training != null && start == Boundary.VALIDATION_START) {
            training.seen(event.nanos());
        }
        if (thread.isInDoubt()) {
            thread.unscoped(thread.unscoped(), event.nanos());
        }
        thread.update();
    }

    private void close(Framework framework, TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.advance(thread, event.nanos(), at);
        Training training = trainings.find(framework, event.subject());
        if (training != null && !thread.scopes().isInside()) {
            threads.loops().endAll(training);
            recorder.endWhereLastSeen(training);
            training.plan().close();
        }
        thread.update();
    }
}
