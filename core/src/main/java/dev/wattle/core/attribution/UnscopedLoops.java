/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The threads in loops without a scope, by training, and when such a loop is taken to have ended.
 *
 * <p>A boundary looks at these threads only when the earliest of them may be overdue, which is at most about once a second,
 * since each is given at least a second. For the thread that follows.
 */
final class UnscopedLoops {

    /** While others are active, a loop has ended for all that is known after this, or after two steps if that is longer. */
    private static final long DOUBT_NANOS = 1_000_000_000L;

    private final Map<Training, Set<TrainingThread>> threads = new LinkedHashMap<>();

    /** No loop is overdue before this; without meaning while {@link #watching} is false. */
    private long nextCheckNanos;

    private boolean watching;
    private long visits;

    /** A thread is in a loop of another training, or in none. */
    void moved(TrainingThread thread, @Nullable Training before, @Nullable Training after) {
        if (before != null) {
            threads.computeIfPresent(
                    before, (training, others) -> others.remove(thread) && others.isEmpty() ? null : others);
        }
        if (after != null) {
            threads.computeIfAbsent(after, training -> new LinkedHashSet<>()).add(thread);
        }
    }

    /** A thread is in doubt from now on, or was seen in its loop again. */
    void watch(TrainingThread thread) {
        long overdue = overdueNanos(thread);
        if (!watching || overdue - nextCheckNanos < 0) {
            watching = true;
            nextCheckNanos = overdue;
        }
    }

    /** The steps of a training have become shorter, and so the time that its loops are given. */
    void watch(Training training) {
        threads.getOrDefault(training, Set.of()).forEach(this::watch);
    }

    private static long overdueNanos(TrainingThread thread) {
        Training training = thread.unscoped();
        return thread.unscopedNanos()
                + Math.max(
                        DOUBT_NANOS,
                        training == null ? 0 : 2 * training.progress().stepNanos());
    }

    /** Ends the loops that are overdue at an instant. */
    void endOverdue(long nanos) {
        if (!watching || nanos - nextCheckNanos <= 0) {
            return;
        }
        watching = false;
        for (TrainingThread thread : inDoubt()) {
            if (nanos - overdueNanos(thread) > 0) {
                thread.leaveLoop();
            } else {
                watch(thread);
            }
        }
    }

    /** The threads in doubt, in the order in which they were last seen. */
    List<TrainingThread> inDoubt() {
        List<TrainingThread> found = new ArrayList<>();
        threads.values().forEach(some -> found.addAll(some));
        visits += found.size();
        found.removeIf(Predicate.not(TrainingThread::isInDoubt));
        // Instants may lie on both sides of the clock's overflow.
        long any = found.isEmpty() ? 0 : found.get(0).unscopedNanos();
        found.sort(Comparator.comparingLong(thread -> thread.unscopedNanos() - any));
        return found;
    }

    /** Ends all loops of a training. The thread that closes a trainer need not be the one that trained. */
    void endAll(Training training) {
        List.copyOf(threads.getOrDefault(training, Set.of())).forEach(TrainingThread::leaveLoop);
    }

    /** How often a thread was looked at: what boundaries cost, for tests. */
    long visits() {
        return visits;
    }
}
