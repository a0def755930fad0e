/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.file.KernelFile;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The processor time of one thread: from the scheduler's statistics on Linux, which need no JMX, else from the JVM's thread
 * bean if its module is present.
 *
 * <p>Thread-safe. The last value stays after {@link #close()}.
 */
final class ThreadCpu implements AutoCloseable {

    /** Three numbers of at most 20 digits. */
    private static final int SCHEDSTAT_BYTES = 64;

    private final @Nullable KernelFile schedstat;
    private final @Nullable ThreadMXBean bean;
    private final long threadId;
    private long last = MeterThreads.UNKNOWN;
    private boolean closed;

    private ThreadCpu(@Nullable KernelFile schedstat, @Nullable ThreadMXBean bean, long threadId) {
        this.schedstat = schedstat;
        this.bean = bean;
        this.threadId = threadId;
    }

    static ThreadCpu ofCurrentThread() {
        KernelFile schedstat = openSchedstat();
        ThreadMXBean bean = schedstat == null ? threadBean() : null;
        @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
        long id = Thread.currentThread().getId();
        return new ThreadCpu(schedstat, bean, id);
    }

    /** Processor time so far in nanoseconds, or {@link MeterThreads#UNKNOWN}. */
    synchronized long nanos() {
        if (!closed) {
            last = Math.max(last, read());
        }
        return last;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            nanos();
            closed = true;
            if (schedstat != null) {
                schedstat.close();
            }
        }
    }

    private long read() {
        if (schedstat != null) {
            return schedstat.refresh() ? schedstat.nextNumber() : MeterThreads.UNKNOWN;
        }
        return bean == null ? MeterThreads.UNKNOWN : bean.getThreadCpuTime(threadId);
    }

    private static @Nullable KernelFile openSchedstat() {
        try {
            // The link's target names the thread; any thread can read the file by that name.
            File task = new File("/proc/thread-self").getCanonicalFile();
            KernelFile file = new KernelFile(task.toPath().resolve("schedstat"), SCHEDSTAT_BYTES);
            return file.refresh() ? file : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable ThreadMXBean threadBean() {
        try {
            ThreadMXBean bean = ManagementFactory.getThreadMXBean();
            return bean.isThreadCpuTimeSupported() ? bean : null;
        } catch (Throwable moduleAbsent) {
            return null;
        }
    }
}
