/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one thread of the host is at, by the begins and ends it told.
 *
 * <p>Between a begin and its end it is known what the thread does. A loop that tells of batches only leaves it in doubt
 * after each batch whether it still trains: it is taken to, and the next thing it tells decides about the time since the
 * last. For the thread that follows.
 */
final class TrainingThread {

    /** Frameworks nest less than half as deep. What lies deeper is counted, not kept. */
    private static final int MOST_FRAMES = 32;

    private final Training[] trainings = new Training[MOST_FRAMES];
    private final Boundary[] begins = new Boundary[MOST_FRAMES];
    private int depth;

    /** The data it goes through in a pass of a loop, by the identity hash; 0 for none. */
    int passData;

    private @Nullable Training loose;
    private long looseNanos;

    private @Nullable Training atWork;
    private Phase phase = Phase.OUTSIDE;

    long fetched;
    long lastFetched;
    long batchSamples;

    void push(Boundary begin, Training training) {
        if (depth < MOST_FRAMES) {
            trainings[depth] = training;
            begins[depth] = begin;
        }
        depth++;
    }

    /**
     * Takes the innermost frame of that begin away, and all inside it, whose ends were never told.
     *
     * @return the frame's training; null where there is no such frame, as after an attach in its middle
     */
    @Nullable
    Training pop(Boundary begin) {
        if (depth > MOST_FRAMES) {
            depth--;
            return null;
        }
        for (int frame = depth - 1; frame >= 0; frame--) {
            if (begins[frame] == begin) {
                abandonInside(frame);
                Training training = trainings[frame];
                Arrays.fill(trainings, frame, depth, null);
                depth = frame;
                return training;
            }
        }
        return null;
    }

    /** Forgets all begins whose ends were never told. */
    void leaveAll() {
        abandonInside(-1);
        Arrays.fill(trainings, null);
        depth = 0;
    }

    /** A fit that ends in the midst of an epoch never tells that epoch's end. */
    private void abandonInside(int frame) {
        for (int inner = Math.min(depth, MOST_FRAMES) - 1; inner > frame; inner--) {
            if (begins[inner] == Boundary.EPOCH_BEGIN && trainings[inner].endEpoch()) {
                trainings[inner].discardEpoch();
            }
        }
    }

    boolean isInside() {
        return depth > 0;
    }

    /** The training that the outermost begin is about. */
    Training outermost() {
        return trainings[0];
    }

    /** Whether it scores or uses a model: what trains inside of that is part of it. */
    boolean isBesideTraining() {
        return firstBeside() >= 0;
    }

    private int firstBeside() {
        for (int frame = 0; frame < Math.min(depth, MOST_FRAMES); frame++) {
            if (begins[frame] == Boundary.VALIDATION_BEGIN || begins[frame] == Boundary.INFERENCE_BEGIN) {
                return frame;
            }
        }
        return -1;
    }

    /** Whether it works for a training and has nothing to do for it now. */
    private boolean isWaiting() {
        return depth == 1 && begins[0] == Boundary.WORKER_BEGIN;
    }

    @Nullable
    Training loose() {
        return loose;
    }

    /** When the training it may still be at was last seen. */
    long looseNanos() {
        return looseNanos;
    }

    void loosen(@Nullable Training training, long nanos) {
        loose = training;
        looseNanos = nanos;
    }

    boolean isIdle() {
        return depth == 0 && loose == null;
    }

    /** Tells the trainings what this thread is at now. */
    void settle() {
        Training newAtWork = loose;
        Phase newPhase = Phase.TRAIN;
        if (depth > 0) {
            newAtWork = isWaiting() ? null : trainings[0];
            int beside = firstBeside();
            if (beside >= 0) {
                newPhase = begins[beside] == Boundary.VALIDATION_BEGIN ? Phase.VALIDATION : Phase.INFERENCE;
            }
        }
        if (newAtWork == atWork && newPhase == phase) {
            return;
        }
        if (atWork != null) {
            atWork.leave(phase);
        }
        if (newAtWork != null) {
            newAtWork.enter(newPhase);
        }
        atWork = newAtWork;
        phase = newPhase;
    }
}
