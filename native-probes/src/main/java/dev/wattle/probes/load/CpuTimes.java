/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.load;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.sampling.ProcessorTimes;
import java.nio.file.Path;

/**
 * The processor time of this process and of its machine, read together so that they can be compared.
 *
 * <p>Times are cumulative nanoseconds in steps of 10 ms. {@link #refresh} does not allocate. Linux only: elsewhere it
 * returns false. Used by one thread.
 */
public final class CpuTimes implements ProcessorTimes, AutoCloseable {
    /** Fields of {@code stat} between the command's closing bracket and utime (proc_pid_stat(5), fields 3 to 13). */
    private static final int WORDS_BEFORE_UTIME = 11;

    private final MachineTicks machine;
    private final KernelFile process;
    private long processTicks;

    /** @param procRoot {@code /proc}, or the root of a tree like it */
    public CpuTimes(Path procRoot) {
        this.machine = new MachineTicks(procRoot);
        this.process = new KernelFile(procRoot.resolve("self/stat"), 1024);
    }

    @Override
    public boolean refresh() {
        return refreshProcess() && machine.refresh();
    }

    /** User and kernel time of all threads of this process. */
    @Override
    public long processNanos() {
        return processTicks * MachineTicks.NANOS_PER_TICK;
    }

    @Override
    public long machineTotalNanos() {
        return machine.totalNanos();
    }

    @Override
    public void close() {
        machine.close();
        process.close();
    }

    private boolean refreshProcess() {
        // The command's name may contain spaces and brackets; the last bracket ends it.
        if (!process.refresh() || !process.findLast(')')) {
            return false;
        }
        process.skipWords(WORDS_BEFORE_UTIME);
        long user = process.nextNumber();
        long system = process.nextNumber();
        if ((user | system) < 0) {
            return false;
        }
        processTicks = user + system;
        return true;
    }
}
