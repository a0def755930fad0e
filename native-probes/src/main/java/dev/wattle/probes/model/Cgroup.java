/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The control group of this process, version 1 or 2, and its limits.
 *
 * <p>Limits of parent groups apply too, so each query goes from the process's group to the root. The lowest limit counts;
 * of equal ones, the deepest. A group without limits, as every systemd service has one, is no container.
 */
final class Cgroup {
    /** The default period of a quota (kernel documentation, cgroup-v2, cpu.max). */
    private static final long DEFAULT_PERIOD_MICROS = 100_000;

    private final Path root;
    private final List<String> memberships;

    Cgroup(Path procRoot, Path cgroupRoot) {
        this.root = cgroupRoot;
        this.memberships = lines(procRoot.resolve("self/cgroup"));
    }

    /** The allocated processors, if they are fewer than the machine has. */
    Optional<CpuAllotment> cpus(int logicalCpus) {
        CpuAllotment tightest = null;
        for (Path group : chain("cpu")) {
            double cpus = Math.min(quota(group), cpuset(group));
            Path usage = isVersion2() ? group.resolve("cpu.stat") : usageVersion1(group);
            if (cpus < (tightest == null ? logicalCpus : tightest.cpus()) && Files.isReadable(usage)) {
                tightest = new CpuAllotment(cpus, usage, isVersion2());
            }
        }
        for (Path group : isVersion2() ? List.<Path>of() : chain("cpuset")) {
            double cpus = cpuset(group);
            Path usage = usageVersion1(group);
            if (cpus < (tightest == null ? logicalCpus : tightest.cpus()) && Files.isReadable(usage)) {
                tightest = new CpuAllotment(cpus, usage, false);
            }
        }
        return Optional.ofNullable(tightest);
    }

    /** The allocated memory in bytes, if it is less than the machine has. */
    OptionalLong memoryBytes(long machineBytes) {
        long tightest = machineBytes;
        for (Path group : chain("memory")) {
            tightest = Math.min(tightest, number(group, isVersion2() ? "memory.max" : "memory.limit_in_bytes"));
        }
        return tightest < machineBytes ? OptionalLong.of(tightest) : OptionalLong.empty();
    }

    /** Version 1 has a separate hierarchy for processor time; this reads the process's group there. */
    private Path usageVersion1(Path group) {
        Path beside = group.resolve("cpuacct.usage");
        if (Files.isReadable(beside)) {
            return beside;
        }
        return chain("cpuacct").stream()
                .map(own -> own.resolve("cpuacct.usage"))
                .filter(Files::isReadable)
                .findFirst()
                .orElse(beside);
    }

    private boolean isVersion2() {
        return memberships.stream().noneMatch(line -> controllers(line).contains("cpu"));
    }

    /** The process's group of a controller and its existing parents, the deepest first. */
    private List<Path> chain(String controller) {
        for (String line : memberships) {
            boolean version2 = line.startsWith("0::");
            if (isVersion2() ? version2 : controllers(line).contains(controller)) {
                Path top = isVersion2() ? root : hierarchy(line, controller);
                return groups(top, line.substring(line.indexOf(':', line.indexOf(':') + 1) + 1));
            }
        }
        return List.of();
    }

    private Path hierarchy(String line, String controller) {
        Path together = root.resolve(line.split(":", 3)[1]);
        return Files.isDirectory(together) ? together : root.resolve(controller);
    }

    private static List<Path> groups(Path top, String membership) {
        List<Path> groups = new ArrayList<>();
        Path own = top.resolve(membership.substring(Math.min(1, membership.length())))
                .normalize();
        // A path that leads out of this mount is from another namespace; then the root is our group.
        Path group = own.startsWith(top) ? own : top;
        while (group != null && group.startsWith(top)) {
            if (Files.isDirectory(group)) {
                groups.add(group);
            }
            group = group.getParent();
        }
        return groups;
    }

    private static List<String> controllers(String line) {
        String[] parts = line.split(":", 3);
        return parts.length < 3 ? List.of() : Arrays.asList(parts[1].split(",", -1));
    }

    private double quota(Path group) {
        if (isVersion2()) {
            String[] words = text(group, "cpu.max").split(" ", -1);
            long quota = parse(words[0]);
            long period = words.length > 1 ? parse(words[1]) : DEFAULT_PERIOD_MICROS;
            return ratio(quota, period);
        }
        return ratio(number(group, "cpu.cfs_quota_us"), number(group, "cpu.cfs_period_us"));
    }

    private static double ratio(long quota, long period) {
        boolean limited = quota > 0 && quota < Long.MAX_VALUE && period > 0 && period < Long.MAX_VALUE;
        return limited ? quota / (double) period : Double.POSITIVE_INFINITY;
    }

    private double cpuset(Path group) {
        String list = text(group, isVersion2() ? "cpuset.cpus.effective" : "cpuset.cpus");
        int cpus = 0;
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", 2);
            long first = parse(ends[0]);
            long last = ends.length > 1 ? parse(ends[1]) : first;
            if (first == Long.MAX_VALUE || last == Long.MAX_VALUE) {
                return Double.POSITIVE_INFINITY;
            }
            cpus += (int) (last - first + 1);
        }
        return cpus;
    }

    private static long number(Path group, String file) {
        return parse(text(group, file));
    }

    /** A number, or {@link Long#MAX_VALUE} for no limit: {@code max}, {@code -1} or empty. */
    private static long parse(String text) {
        try {
            long number = Long.parseLong(text);
            return number < 0 ? Long.MAX_VALUE : number;
        } catch (NumberFormatException unlimited) {
            return Long.MAX_VALUE;
        }
    }

    private static String text(Path group, String file) {
        return String.join("\n", lines(group.resolve(file))).strip();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException missing) {
            return List.of();
        }
    }
}
