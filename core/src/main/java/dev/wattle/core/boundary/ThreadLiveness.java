/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds out which of the host's threads have ended, and holds none of them.
 *
 * <p>A boundary carries its thread's id only. {@link #find} looks the id up among the live threads, once; from then on the weak
 * reference says whether the thread lives. Virtual threads cannot be looked up and are taken to live; {@link ProgramEpochs}
 * knows those that started an epoch of the program. For one thread at a time.
 */
public final class ThreadLiveness {

    /** Stands for a thread that was not found. */
    private static final WeakReference<Thread> UNKNOWN = new WeakReference<>(null);

    private long searchedNanos = Long.MIN_VALUE;
    private Map<Long, WeakReference<Thread>> living = Map.of();

    /** Whether a thread that was alive has ended; false for one that was not found. */
    public static boolean hasEnded(WeakReference<Thread> life) {
        Thread thread = life.get();
        return life != UNKNOWN && (thread == null || !thread.isAlive());
    }

    /**
     * Looks a thread up. One search serves all lookups of the same instant.
     *
     * @param nowNanos the present, on the meter's clock
     */
    public WeakReference<Thread> find(long id, long nowNanos) {
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
