/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.attribution.ScopeStack.Activity;
import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.boundary.ThreadLiveness;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What one thread of the host does, by the boundaries it reported.
 *
 * <p>Between a start and its end that is known: its {@link ScopeStack} says so. A loop that reports batches only is unscoped:
 * after each batch it is in doubt whether the thread still trains. It is taken to, and the next boundary decides about the
 * time since the last. For the thread that follows.
 */
final class TrainingThread {

    /** A thread that reported something this recently lives. */
    private static final long SILENT_NANOS = 1_000_000_000L;

    private static final long NO_SEGMENTS = -1;

    private final UnscopedLoops loops;
    private final ScopeStack scopes = new ScopeStack();

    private @Nullable Training unscoped;
    private long unscopedNanos;
    private Activity activity = Activity.NONE;

    private long reportedNanos;

    /** The thread itself, while it lives; null before it was looked for. */
    private @Nullable WeakReference<Thread> life;

    private boolean endReported;
    private boolean endKnown;
    private boolean ended;

    private long fetched;
    private long lastFetched;

    /** How many updates the batch that it trains in several has had; negative where it trains none such. */
    private long segments = NO_SEGMENTS;

    TrainingThread(UnscopedLoops loops) {
        this.loops = loops;
    }

    ScopeStack scopes() {
        return scopes;
    }

    /** It reported something. */
    void reported(long nanos) {
        reportedNanos = nanos;
    }

    /** The training of the loop without a scope that it may be in; null where it is in none. */
    @Nullable
    Training unscoped() {
        return unscoped;
    }

    /** When it was last seen in that loop. */
    long unscopedNanos() {
        return unscopedNanos;
    }

    /** It was seen in a loop of that training, or in none. {@link #update} must follow. */
    void unscoped(@Nullable Training training, long nanos) {
        if (training != unscoped) {
            loops.moved(this, unscoped, training);
        }
        unscoped = training;
        unscopedNanos = nanos;
    }

    /** Whether only its next boundary decides about the time since the last. */
    boolean isInDoubt() {
        return unscoped != null && !scopes.isInside();
    }

    /** It is in no loop any more. */
    void leaveLoop() {
        unscoped(null, 0);
        update();
    }

    /** Reports what the thread does now to the trainings. */
    void update() {
        Activity now = Activity.NONE;
        if (!ended) {
            now = unscoped != null && isInDoubt() ? scopes.activity(unscoped) : scopes.activity();
        }
        if (isInDoubt()) {
            loops.watch(this);
        }
        if (now.equals(activity)) {
            return;
        }
        if (activity.training() != null) {
            activity.training().leave(activity.phase(), activity.enclosing());
        }
        if (now.training() != null) {
            now.training().enter(now.phase(), now.enclosing());
        }
        activity = now;
    }

    /** A batch was taken from the data. */
    void fetch(long samples) {
        fetched = SaturatingMath.add(fetched, samples);
        lastFetched = samples;
    }

    /** The samples it has taken so far. */
    long fetched() {
        return fetched;
    }

    /** The samples of the batch that it took last. */
    long lastFetched() {
        return lastFetched;
    }

    /** A batch starts to train in several updates. */
    void startSegments() {
        segments = 0;
    }

    void endSegments() {
        segments = NO_SEGMENTS;
    }

    /** Called once with each update: whether it is not the first of its batch. */
    boolean isInFurtherSegment() {
        return segments >= 0 && segments++ > 0;
    }

    /** Boundaries of this thread were lost, a start or an end among them: it may still train, without a scope. */
    void lose() {
        Training training = scopes.lose();
        segments = NO_SEGMENTS;
        if (training != null && unscoped == null) {
            unscoped(training, reportedNanos);
        }
        update();
    }

    /** Marks all that is open, since some of what the thread reported is lost. */
    void incomplete() {
        scopes.incomplete();
        if (unscoped != null) {
            unscoped.incomplete();
        }
    }

    /** Whether the thread has ended, and its end is not reported yet. A thread that reported just now is not looked up. */
    boolean isFoundEnded(long id, long nowNanos, ThreadLiveness liveness) {
        if (endReported || endKnown) {
            return false;
        }
        WeakReference<Thread> found = life;
        if (found == null) {
            if (nowNanos - reportedNanos < SILENT_NANOS) {
                return false;
            }
            found = liveness.find(id, nowNanos);
            life = found;
        }
        return ThreadLiveness.hasEnded(found);
    }

    /** The thread has ended. Its scopes of frameworks are over; an epoch of the program may be closed by another thread. */
    void end() {
        if (!endKnown) {
            endKnown = true;
            scopes.leaveFrameworks();
            segments = NO_SEGMENTS;
            ended = true;
        }
        update();
    }

    /** Whether it has ended and no other thread has taken over. */
    boolean hasEnded() {
        return ended;
    }

    /** Another thread continues the epoch that the ended one started. */
    void handOver() {
        ended = false;
        update();
    }

    /** The boundary of its end is on its way, which happens once. */
    void endReported() {
        endReported = true;
    }

    /** Whether nothing needs to be known of it. */
    boolean isIdle() {
        return scopes.isEmpty() && unscoped == null && segments < 0;
    }
}
