/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.ProgramEpochs;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds out which of the host's threads have ended, and holds none of them.
 *
 * <p>A boundary carries its thread's id only. A thread that is silent for a while in the middle of something is looked up by
 * that id among the live threads, once; from then on a weak reference says whether it lives. Virtual threads cannot be looked
 * up and are taken to live; {@link ProgramEpochs} knows those that started an epoch of the program. For the thread that
 * follows.
 */
final class ThreadLiveness {

    /** A thread that reported something this recently lives. */
    private static final long SILENT_NANOS = 1_000_000_000L;

    /** What stands for a thread that was not found. */
    private static final WeakReference<Thread> UNKNOWN = new WeakReference<>(null);

    private long searchedNanos = Long.MIN_VALUE;
    private Map<Long, WeakReference<Thread>> living = Map.of();

    boolean hasEnded(long id, TrainingThread thread, long nowNanos) {
        WeakReference<Thread> life = thread.life();
        if (life == null) {
            if (nowNanos - thread.reportedNanos() < SILENT_NANOS) {
                return false;
            }
            life = find(id, nowNanos);
            thread.life(life);
        }
        return life != UNKNOWN && ProgramEpochs.hasEnded(life);
    }

    /** One search serves all lookups of a round. */
    private WeakReference<Thread> find(long id, long nowNanos) {
        if (searchedNanos != nowNanos) {
            searchedNanos = nowNanos;
            living = search();
        }
        return living.getOrDefault(id, UNKNOWN);
    }

    @SuppressWarnings({"deprecation", "ThreadGroup"}) // threadId() is newer than the oldest JDK supported
    private static Map<Long, WeakReference<Thread>> search() {
        Map<Long, WeakReference<Thread>> found = new HashMap<>();
        try {
            ThreadGroup all = Thread.currentThread().getThreadGroup();
            for (ThreadGroup parent = all; parent != null; parent = parent.getParent()) {
                all = parent;
            }
            Thread[] threads = new Thread[2 * all.activeCount() + 16];
            int count = all.enumerate(threads, true);
            for (int i = 0; i < count; i++) {
                found.put(threads[i].getId(), new WeakReference<>(threads[i]));
            }
        } catch (SecurityException forbidden) {
            // All are taken to live.
            return Map.of();
        }
        return found;
    }
}
