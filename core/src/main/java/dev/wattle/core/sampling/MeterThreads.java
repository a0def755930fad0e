/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The meter's own threads: all daemon, all named {@code wattle-...}, and what processor time they have used.
 *
 * <p>Thread-safe.
 */
public final class MeterThreads {

    /** The answer where the system does not tell a thread's processor time. */
    public static final long UNKNOWN = -1;

    private final List<ThreadCpu> threads = new CopyOnWriteArrayList<>();

    /**
     * Makes a thread, not yet started, that inherits nothing from the one that makes it.
     *
     * @param name what comes after {@code wattle-}
     */
    public Thread create(String name, Runnable work) {
        Runnable metered = () -> {
            try (ThreadCpu cpu = join()) {
                work.run();
            }
        };
        Thread thread = new Thread(null, metered, "wattle-" + name, 0, false);
        thread.setDaemon(true);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(MeterThreads.class.getClassLoader());
        return thread;
    }

    /** Counts the current thread in until the result is closed, for a thread that somebody else made. */
    public ThreadCpu join() {
        ThreadCpu cpu = ThreadCpu.ofCurrentThread();
        threads.add(cpu);
        return cpu;
    }

    /** The processor time of all of them so far, in nanoseconds, or {@link #UNKNOWN}. */
    public long cpuNanos() {
        long sum = 0;
        for (ThreadCpu thread : threads) {
            long nanos = thread.nanos();
            if (nanos < 0) {
                return UNKNOWN;
            }
            sum += nanos;
        }
        return sum;
    }
}
