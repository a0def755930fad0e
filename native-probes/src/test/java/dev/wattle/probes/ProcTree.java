/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code /proc} of plain files. */
public final class ProcTree {
    public static final String XEON_6148 = "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz";

    private static final long IDLE_BEFORE = 1_000;

    private final Path root;
    private String topology = "";

    public ProcTree(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /** Two sockets of the Xeon Gold 6148 (150 W each), four threads in all, on the bare metal; 64 GiB. */
    public ProcTree xeonServer() {
        return packagesOf(2, 1)
                .cpuinfo("GenuineIntel", 6, 85, 4, XEON_6148, "fpu vme sse2", 4, 2)
                .memory(64L << 20);
    }

    /** A cloud's view of an EPYC of the fifth generation: no model in the name, a hypervisor in the flags. */
    public ProcTree epycGuest() {
        return cpuinfo("AuthenticAMD", 26, 2, 1, "AMD EPYC", "fpu hypervisor sse2", 4, 1)
                .memory(16L << 20);
    }

    /** The hardware threads and cores that each processor says its package has; for {@link #cpuinfo} afterwards. */
    public ProcTree packagesOf(int threads, int cores) {
        topology = "siblings\t: " + threads + "\ncpu cores\t: " + cores + "\n";
        return this;
    }

    public ProcTree cpuinfo(
            String vendor, int family, int model, int stepping, String name, String flags, int cpus, int sockets) {
        StringBuilder text = new StringBuilder();
        for (int cpu = 0; cpu < cpus; cpu++) {
            text.append("processor\t: ").append(cpu).append('\n');
            text.append("vendor_id\t: ").append(vendor).append('\n');
            text.append("cpu family\t: ").append(family).append('\n');
            text.append("model\t\t: ").append(model).append('\n');
            text.append("model name\t: ").append(name).append('\n');
            text.append("stepping\t: ").append(stepping).append('\n');
            text.append("physical id\t: ").append(cpu % sockets).append('\n');
            text.append(topology);
            text.append("flags\t\t: ").append(flags).append("\n\n");
        }
        return file("cpuinfo", text.toString());
    }

    /** A Neoverse N1 as Linux shows it: no name at all. */
    public ProcTree neoverse(int cpus) {
        StringBuilder text = new StringBuilder();
        for (int cpu = 0; cpu < cpus; cpu++) {
            text.append("processor\t: ").append(cpu).append('\n');
            text.append("CPU implementer\t: 0x41\nCPU architecture: 8\nCPU part\t: 0xd0c\nCPU revision\t: 1\n\n");
        }
        return file("cpuinfo", text.toString());
    }

    public ProcTree memory(long kibibytes) {
        return file("meminfo", "MemTotal:       " + kibibytes + " kB\nMemFree:        1 kB\n");
    }

    /**
     * Processor time of four processors, in ticks of 10 ms, half of the work in user and half in the kernel; before, the
     * machine was idle for a while.
     */
    public ProcTree stat(long busyTicks, long idleTicks) {
        long user = busyTicks / 2;
        return file(
                "stat",
                "cpu  " + user + " 0 " + (busyTicks - user) + " " + (IDLE_BEFORE + idleTicks) + " 0 0 0 0 0 0\n"
                        + "cpu0 1 0 0 0 0 0 0 0 0 0\ncpu1 1 0 0 0 0 0 0 0 0 0\n"
                        + "cpu2 1 0 0 0 0 0 0 0 0 0\ncpu3 1 0 0 0 0 0 0 0 0 0\nintr 5 0 0\n");
    }

    public ProcTree file(String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
