/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.Framework;

/** Processes the starts and ends of epochs that the program itself reports. For the thread that follows. */
final class ProgramBoundaries {

    private final ThreadRegistry threads;
    private final TrainingRegistry trainings;
    private final EnergyAllocator allocator;
    private final EpochRecorder recorder;

    ProgramBoundaries(
            ThreadRegistry threads, TrainingRegistry trainings, EnergyAllocator allocator, EpochRecorder recorder) {
        this.threads = threads;
        this.trainings = trainings;
        this.allocator = allocator;
        this.recorder = recorder;
    }

    /** @param at the domains' energies at the boundary */
    void process(TrainingThread thread, BoundaryEvent event, long[] at) {
        switch (Boundary.ofEvent(event.event())) {
            case RUN_START -> startRun(thread, event, at);
            case EPOCH_START -> startEpoch(thread, event, at);
            case EPOCH_END -> endEpoch(thread, event, at);
            default -> {
                // A program reports no other starts and ends.
            }
        }
    }

    private void startRun(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.advance(thread, event.nanos(), at);
        Training training = trainings.of(Framework.CUSTOM, event.subject(), event.nanos());
        // An exception may have left the last epoch open.
        discardEpoch(thread, training, Boundary.UNKNOWN);
        training.plan().planTotal(event.size());
        thread.update();
    }

    private void startEpoch(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.advance(thread, event.nanos(), at);
        Training training = trainings.of(Framework.CUSTOM, event.subject(), event.nanos());
        discardEpoch(thread, training, Boundary.UNKNOWN);
        OpenEpoch epoch = training.startProgramEpoch(event.nanos());
        if (event.size() == Boundary.FAILED) {
            training.incomplete();
            epoch.incomplete = true;
        }
        if (!thread.scopes().pushEpoch(training, event.nanos(), epoch)) {
            training.discardEpoch(epoch);
            training.incomplete();
        }
        training.progress().iterationFrom(event.nanos(), allocator.totalMicrojoules());
        thread.update();
    }

    private void endEpoch(TrainingThread thread, BoundaryEvent event, long[] at) {
        threads.advance(thread, event.nanos(), at);
        Training training = trainings.find(Framework.CUSTOM, event.subject());
        OpenEpoch epoch = training == null ? null : thread.scopes().popEpoch(training, event.size());
        if (training != null && epoch != null) {
            recorder.end(training, epoch, event.nanos());
        } else if (training != null) {
            // It was discarded, since its thread has started another.
            training.incomplete();
        }
        thread.update();
    }

    /** The program has lost an epoch that it never closed. */
    void abandon(BoundaryEvent event, long[] at) {
        TrainingThread thread = threads.find(event.thread());
        Training training = trainings.find(Framework.CUSTOM, event.subject());
        if (thread != null && training != null) {
            threads.advance(thread, event.nanos(), at);
            discardEpoch(thread, training, event.size());
            thread.update();
            threads.release(event.thread(), thread);
        }
    }

    private static void discardEpoch(TrainingThread thread, Training training, long instance) {
        OpenEpoch left = thread.scopes().popEpoch(training, instance);
        if (left != null) {
            training.discardEpoch(left);
        }
    }
}
