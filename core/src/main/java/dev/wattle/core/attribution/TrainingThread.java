/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Phase;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one thread of the host is at, by the begins and ends it told.
 *
 * <p>Begins nest. What is innermost is what the thread is at: a fit inside an epoch of the program's is at work and that epoch
 * is {@link EnclosingTraining} it, while a fit inside a fit of the same framework is part of it.
 *
 * <p>Between a begin and its end it is known what the thread does. A loop that tells of batches only leaves it in doubt
 * after each batch whether it still trains: it is taken to, and the next thing it tells decides about the time since the
 * last. For the thread that follows.
 */
final class TrainingThread {

    /** Frameworks nest less than half as deep. What lies deeper is counted, not kept. */
    private static final int MOST_FRAMES = 32;

    /** A program may begin the epochs of many models on one thread. */
    private static final int MOST_EPOCHS = 256;

    private static final long NO_SEGMENTS = -1;

    /** A begin whose end is still to come. */
    private record Frame(
            Boundary begin,
            Training training,
            long instance,
            @Nullable OpenEpoch epoch) {
        boolean isPrograms() {
            return epoch != null;
        }

        boolean isBeside() {
            return begin == Boundary.VALIDATION_BEGIN || begin == Boundary.INFERENCE_BEGIN;
        }
    }

    private final List<Frame> frames = new ArrayList<>(4);
    private int deeper;

    private @Nullable Training loose;
    private long looseNanos;
    private long toldNanos;
    private boolean ended;
    private boolean endTold;
    private boolean endKnown;
    private @Nullable WeakReference<Thread> life;

    private @Nullable Training atWork;
    private Phase phase = Phase.OUTSIDE;
    private List<EnclosingTraining> around = List.of();

    long fetched;
    long lastFetched;

    /** How many updates the batch that it trains in several has had; negative while it trains none such. */
    private long segments = NO_SEGMENTS;

    /** When it last told something. */
    long toldNanos() {
        return toldNanos;
    }

    void told(long nanos) {
        toldNanos = nanos;
    }

    void push(Boundary begin, Training training) {
        if (frames.size() - epochs() < MOST_FRAMES) {
            frames.add(new Frame(begin, training, Boundary.UNKNOWN, null));
        } else {
            deeper++;
        }
    }

    /**
     * Begins an epoch of the program's.
     *
     * @param instance tells it from other epochs of the same training
     * @return whether there was room for it
     */
    boolean pushEpoch(Training training, long instance, OpenEpoch epoch) {
        return epochs() < MOST_EPOCHS && frames.add(new Frame(Boundary.EPOCH_BEGIN, training, instance, epoch));
    }

    /** How many epochs of the program's are open. */
    private int epochs() {
        int epochs = 0;
        for (int at = 0; at < frames.size(); at++) {
            epochs += frames.get(at).isPrograms() ? 1 : 0;
        }
        return epochs;
    }

    /**
     * Takes a framework's innermost frame of that begin away, and all of a framework's inside it, whose ends were never told.
     *
     * @return the frame's training; null where there is no such frame, as after an attach in its middle
     */
    @Nullable
    Training pop(Boundary begin) {
        if (deeper > 0) {
            deeper--;
            return null;
        }
        for (int at = frames.size() - 1; at >= 0; at--) {
            Frame frame = frames.get(at);
            if (frame.begin == begin && !frame.isPrograms()) {
                frames.remove(at);
                leaveFrameworks(at);
                return frame.training;
            }
        }
        return null;
    }

    /**
     * Takes an epoch of the program's away; what is inside it goes on.
     *
     * @param instance which one, {@link Boundary#UNKNOWN} for any
     * @return null where there is no such epoch on this thread
     */
    @Nullable
    OpenEpoch popEpoch(Training training, long instance) {
        for (int at = frames.size() - 1; at >= 0; at--) {
            Frame frame = frames.get(at);
            if (frame.isPrograms()
                    && frame.training == training
                    && (instance == Boundary.UNKNOWN || frame.instance == instance)) {
                frames.remove(at);
                return frame.epoch;
            }
        }
        return null;
    }

    void beginSegments() {
        segments = 0;
    }

    void endSegments() {
        segments = NO_SEGMENTS;
    }

    /** Asked once with each update: whether it is not the first of its batch. */
    boolean isInFurtherSegment() {
        return segments >= 0 && segments++ > 0;
    }

    /** The epoch of the program's that is open on this thread; null where there is none. */
    @Nullable
    OpenEpoch epochOf(Training training) {
        for (int at = frames.size() - 1; at >= 0; at--) {
            if (frames.get(at).isPrograms() && frames.get(at).training == training) {
                return frames.get(at).epoch;
            }
        }
        return null;
    }

    /** Forgets all begins of frameworks whose ends were never told. */
    void leaveFrameworks() {
        leaveFrameworks(0);
        deeper = 0;
        segments = NO_SEGMENTS;
    }

    private void leaveFrameworks(int from) {
        for (int at = frames.size() - 1; at >= from; at--) {
            Frame frame = frames.get(at);
            if (!frame.isPrograms()) {
                frames.remove(at);
                // A fit that ends in the midst of an epoch never tells that epoch's end.
                if (frame.begin == Boundary.EPOCH_BEGIN && frame.training.endEpoch()) {
                    frame.training.discardEpoch();
                }
            }
        }
    }

    /**
     * Boundaries of this thread were lost, so what frameworks do on it is in doubt: it may still be at what it was at when it
     * was last heard, and the epoch that was open ends with whatever tells so next. What the program itself has begun is
     * known all the same.
     */
    void lose() {
        Training outermost = outermostOfFrameworks();
        boolean worked = false;
        boolean trained = false;
        for (int at = frames.size() - 1; at >= 0; at--) {
            Frame frame = frames.get(at);
            if (frame.isPrograms()) {
                continue;
            }
            trained |= !frame.isBeside() && frame.begin != Boundary.WORKER_BEGIN;
            worked |= frame.begin == Boundary.WORKER_BEGIN;
            frames.remove(at);
            if (frame.begin == Boundary.EPOCH_BEGIN && frame.training.endEpoch()) {
                frame.training.leaveOpen();
            }
        }
        deeper = 0;
        segments = NO_SEGMENTS;
        if (outermost != null && worked) {
            frames.add(new Frame(Boundary.WORKER_BEGIN, outermost, Boundary.UNKNOWN, null));
        } else if (outermost != null && trained && loose == null) {
            loosen(outermost, toldNanos);
        }
    }

    /** What is known of the thread itself; null where it was not found. */
    @Nullable
    WeakReference<Thread> life() {
        return life;
    }

    void life(@Nullable WeakReference<Thread> newLife) {
        life = newLife;
    }

    /** The thread is no more. Frameworks tell nothing of it any longer; an epoch of the program's may have been handed on. */
    void end() {
        if (!endKnown) {
            endKnown = true;
            leaveFrameworks();
            ended = true;
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** Another thread tells of the epoch that the ended one began. */
    void handOver() {
        ended = false;
    }

    /** The end is on its way, which happens once. */
    void endTold() {
        endTold = true;
    }

    boolean isEndTold() {
        return endTold || endKnown;
    }

    /** Some of what the thread told is lost: whatever is open on it is not whole. */
    void incomplete() {
        for (Frame frame : frames) {
            frame.training.incomplete();
            if (frame.epoch != null) {
                frame.epoch.incomplete = true;
            }
        }
        if (loose != null) {
            loose.incomplete();
        }
    }

    /** Whether a boundary of a framework's is part of something that has begun and not yet ended. */
    boolean isInside() {
        return enclosing() != null || deeper > 0;
    }

    /**
     * The training that a boundary of a framework's is part of: the framework's that is going on, or what is being scored or
     * used; null where it would be one of its own.
     */
    @Nullable
    Training enclosing() {
        if (frames.isEmpty()) {
            return null;
        }
        Frame innermost = frames.get(frames.size() - 1);
        return innermost.isPrograms() ? null : innermost.training;
    }

    /** The training of a framework's that is going on, whatever of the program's is inside it; null where none is. */
    @Nullable
    Training innermostOfFrameworks() {
        for (int at = frames.size() - 1; at >= 0; at--) {
            if (!frames.get(at).isPrograms()) {
                return frames.get(at).training;
            }
        }
        return null;
    }

    /** The training whose epoch the program has open inside of all else; null where none is. */
    @Nullable
    Training innermostOfProgram() {
        for (int at = frames.size() - 1; at >= 0; at--) {
            if (frames.get(at).isPrograms()) {
                return frames.get(at).training;
            }
        }
        return null;
    }

    private @Nullable Training outermostOfFrameworks() {
        for (Frame frame : frames) {
            if (!frame.isPrograms()) {
                return frame.training;
            }
        }
        return null;
    }

    /** Whether it scores or uses a model: what trains inside of that is part of it. */
    boolean isBesideTraining() {
        return besideOf(frames.size() - 1) != null;
    }

    /** The outermost scoring or using among the frames of what is going on. */
    private @Nullable Frame besideOf(int top) {
        Frame beside = null;
        for (int at = top; at >= 0 && frames.get(at).training == frames.get(top).training; at--) {
            beside = frames.get(at).isBeside() ? frames.get(at) : beside;
        }
        return beside;
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
        return frames.isEmpty() && deeper == 0 && loose == null && segments < 0;
    }

    /** Tells the trainings what this thread is at now. */
    void settle() {
        int top = frames.size() - 1;
        // A thread that works for a training and has nothing to do for it now.
        while (top >= 0 && frames.get(top).begin == Boundary.WORKER_BEGIN) {
            top--;
        }
        Training newAtWork = null;
        Phase newPhase = Phase.TRAIN;
        List<EnclosingTraining> newAround = List.of();
        if (loose != null && !isInside()) {
            newAtWork = loose;
            newAround = around(frames.size() - 1, loose);
        } else if (top >= 0) {
            newAtWork = frames.get(top).training;
            newAround = around(top - 1, newAtWork);
            Frame beside = besideOf(top);
            if (beside != null) {
                newPhase = beside.begin == Boundary.VALIDATION_BEGIN ? Phase.VALIDATION : Phase.INFERENCE;
            }
        }
        settle(ended ? null : newAtWork, newPhase, newAround);
    }

    private List<EnclosingTraining> around(int top, Training inner) {
        List<EnclosingTraining> outer = List.of();
        for (int at = top; at >= 0; at--) {
            Frame frame = frames.get(at);
            if (frame.training != inner && outer.stream().noneMatch(known -> known.training() == frame.training)) {
                outer = outer.isEmpty() ? new ArrayList<>(2) : outer;
                outer.add(new EnclosingTraining(frame.training, frame.epoch));
            }
        }
        return outer;
    }

    private void settle(@Nullable Training newAtWork, Phase newPhase, List<EnclosingTraining> newAround) {
        if (newAtWork == atWork && newPhase == phase && newAround.equals(around)) {
            return;
        }
        if (atWork != null) {
            atWork.leave(phase, around);
        }
        if (newAtWork != null) {
            newAtWork.enter(newPhase, newAround);
        }
        atWork = newAtWork;
        phase = newPhase;
        around = newAround;
    }
}
