/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.ProgramEpochs;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells which of the host's threads have ended, and holds none of them.
 *
 * <p>A boundary carries its thread's id only. A thread that has been silent for a while in the midst of something is looked
 * up by that id among those that live, once, and from then on asked itself through a weak reference. A virtual thread is not
 * among them, and taken to live; one that began an epoch of the program's is known to {@link ProgramEpochs}. For the thread that
 * follows.
 */
public final class ThreadLiveness {

    /** A thread that tells something lives; to look for it sooner is of no use. */
    private static final long SILENT_NANOS = 1_000_000_000L;

    /** What stands for a thread that was not found. */
    private static final WeakReference<Thread> UNKNOWN = new WeakReference<>(null);

    private long searchedNanos = Long.MIN_VALUE;
    private Map<Long, WeakReference<Thread>> living = Map.of();

    boolean hasEnded(long id, TrainingThread thread, long nowNanos) {
        WeakReference<Thread> life = thread.life();
        if (life == null) {
            if (nowNanos - thread.toldNanos() < SILENT_NANOS) {
                return false;
            }
            life = find(id, nowNanos);
            thread.life(life);
        }
        return life != UNKNOWN && ProgramEpochs.hasEnded(life);
    }

    /** One search serves all that are looked for in a round. */
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
            // Then all are taken to live.
            return Map.of();
        }
        return found;
    }
}
