/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a piece of code allocates on its own thread. */
public final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    /** Bytes allocated by 10,000 runs, after as many to warm up. */
    public static long inTenThousandRunsOf(Runnable code) {
        allocatedBy(code);
        return allocatedBy(code);
    }

    private static long allocatedBy(Runnable code) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            code.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
