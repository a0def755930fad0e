/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a piece of code allocates on its own thread. */
public final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int ROUNDS = 3;
    private static final int MOST_ROUNDS = 10;

    private AllocatedBytes() {}

    /**
     * Bytes allocated by 10,000 runs, after as many to warm up: the least of three rounds, or of more while none is
     * without, since the JVM may allocate a few bytes of its own, as when compiled code is given up. What the code allocates
     * shows in every round.
     */
    public static long inTenThousandRunsOf(Runnable code) {
        allocatedBy(code);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS || least > 0 && round < MOST_ROUNDS; round++) {
            least = Math.min(least, allocatedBy(code));
        }
        return least;
    }

    /** Bytes that the one thread of a name has allocated so far. */
    @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
    public static long byThread(String name) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                return THREADS.getThreadAllocatedBytes(thread.getId());
            }
        }
        throw new IllegalStateException("no thread " + name);
    }

    private static long allocatedBy(Runnable code) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            code.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
