/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * The meter's own threads and their processor time. All are daemons and named {@code wattle-...}. Thread-safe.
 */
public final class MeterThreads {

    /** The processor time if the system does not report it for a thread. */
    public static final long UNKNOWN = -1;

    private final List<ThreadCpu> running = new ArrayList<>();
    private long endedNanos;
    private long startedNanos = UNKNOWN;

    /**
     * Creates a thread, not yet started, that inherits nothing from the current thread.
     *
     * @param name what comes after {@code wattle-}
     */
    public Thread create(String name, Runnable work) {
        Thread thread = new Thread(null, () -> count(work), "wattle-" + name, 0, false);
        thread.setDaemon(true);
        // The default handler is the program's and may end the program.
        thread.setUncaughtExceptionHandler((ended, why) -> {});
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(MeterThreads.class.getClassLoader());
        return thread;
    }

    /** Runs the work on the current thread and counts all processor time of the thread, also from before. */
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

    /** Notes that the start is complete: the processor time until now is the cost of the start. */
    public synchronized void started() {
        startedNanos = cpuNanos();
    }

    /** The processor time of the start, in nanoseconds, or {@link #UNKNOWN} until it is complete. */
    public synchronized long startCpuNanos() {
        return startedNanos;
    }

    /** The processor time of all threads so far, in nanoseconds, or {@link #UNKNOWN}. */
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
