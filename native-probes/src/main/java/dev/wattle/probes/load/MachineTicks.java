/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.load;

import dev.wattle.core.file.KernelFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The machine's processor time since boot, from the first line of {@code stat} under a proc root.
 *
 * <p>Does not allocate. Inside a container the file still shows the whole machine. Used by one thread.
 */
public final class MachineTicks implements AutoCloseable {
    /** One tick of the kernel's user interface: USER_HZ is 100, whatever the kernel's frequency is (proc(5)). */
    public static final long NANOS_PER_TICK = 10_000_000;

    private static final byte[] FIRST_LINE = "cpu ".getBytes(StandardCharsets.US_ASCII);

    private final KernelFile stat;
    private long busyTicks;
    private long totalTicks;

    public MachineTicks(Path procRoot) {
        this.stat = new KernelFile(procRoot.resolve("stat"), 256);
    }

    /** Reads again; false if the file cannot be read or understood. Then the last values stay. */
    public boolean refresh() {
        if (!stat.refresh() || !stat.findLine(FIRST_LINE)) {
            return false;
        }
        long user = stat.nextNumber();
        long nice = stat.nextNumber();
        long system = stat.nextNumber();
        long idle = stat.nextNumber();
        long iowait = stat.nextNumber();
        long irq = stat.nextNumber();
        long softirq = stat.nextNumber();
        long steal = stat.nextNumber();
        // A sandbox such as gVisor has the file, but does not count in it.
        if ((user | nice | system | idle | iowait | irq | softirq | steal) <= 0) {
            return false;
        }
        // Guest time is already in user and nice. Stolen time was used by others: it is part of the total time,
        // but not of this machine's work.
        busyTicks = user + nice + system + irq + softirq;
        totalTicks = busyTicks + idle + iowait + steal;
        return true;
    }

    /** Time spent working, summed over all logical processors, in nanoseconds. */
    public long busyNanos() {
        return busyTicks * NANOS_PER_TICK;
    }

    /** Time that passed, summed over all logical processors, in nanoseconds. */
    public long totalNanos() {
        return totalTicks * NANOS_PER_TICK;
    }

    @Override
    public void close() {
        stat.close();
    }
}
