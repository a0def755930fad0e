/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * The meter's own threads: all daemon, all named {@code wattle-...}, and what processor time they have used.
 *
 * <p>Thread-safe.
 */
public final class MeterThreads {

    /** The answer where the system does not tell a thread's processor time. */
    public static final long UNKNOWN = -1;

    private final List<ThreadCpu> running = new ArrayList<>();
    private long endedNanos;
    private long startedNanos = UNKNOWN;

    /**
     * Makes a thread, not yet started, that inherits nothing from the one that makes it.
     *
     * @param name what comes after {@code wattle-}
     */
    public Thread create(String name, Runnable work) {
        Thread thread = new Thread(null, () -> count(work), "wattle-" + name, 0, false);
        thread.setDaemon(true);
        // That of all threads is the program's, and may well end the program.
        thread.setUncaughtExceptionHandler((ended, why) -> {});
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(MeterThreads.class.getClassLoader());
        return thread;
    }

    /** Does the work on the current thread, which somebody else made, and counts its processor time from its start. */
    public void count(Runnable work) {
        try (ThreadCpu cpu = ThreadCpu.ofCurrentThread()) {
            synchronized (this) {
                running.add(cpu);
            }
            try {
                work.run();
            } finally {
                synchronized (this) {
                    running.remove(cpu);
                    endedNanos += Math.max(0, cpu.nanos());
                }
            }
        }
    }

    /** Says that all is up: what was used until now was the price of starting. */
    public synchronized void started() {
        startedNanos = cpuNanos();
    }

    /** The processor time that starting took, in nanoseconds, or {@link #UNKNOWN} while it goes on. */
    public synchronized long startCpuNanos() {
        return startedNanos;
    }

    /** The processor time of all of them so far, in nanoseconds, or {@link #UNKNOWN}. */
    public synchronized long cpuNanos() {
        long sum = endedNanos;
        for (ThreadCpu thread : running) {
            long nanos = thread.nanos();
            if (nanos < 0) {
                return UNKNOWN;
            }
            sum += nanos;
        }
        return sum;
    }
}
