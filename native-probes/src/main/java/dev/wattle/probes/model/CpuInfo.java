/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Linux machine, from {@code cpuinfo} and {@code meminfo} under a proc root.
 *
 * <p>Does not use oshi's reader without native code. For the processor and the memory, that one starts nine processes
 * (getconf, id, uname, dmidecode, lshw, cpuid), a process reaper, and a worker of the host's common pool (oshi-common 7.5.0
 * under strace, 2026). The agent must not start processes from a training job's JVM.
 */
public final class CpuInfo {
    private CpuInfo() {}

    /** The processors' product name; empty if unknown. */
    public static String processorName(Path procRoot) {
        return read(procRoot).map(machine -> machine.processor().name()).orElse("");
    }

    /** The processors' vendor in CPUID, such as {@code GenuineIntel}; empty if unknown. */
    public static String vendor(Path procRoot) {
        return read(procRoot).map(machine -> machine.processor().vendor()).orElse("");
    }

    /** The machine; empty if {@code cpuinfo} is missing. */
    static Optional<Machine> read(Path procRoot) {
        try {
            List<String> lines = Files.readAllLines(procRoot.resolve("cpuinfo"), StandardCharsets.ISO_8859_1);
            return Optional.of(new Machine(processor(lines), memoryBytes(procRoot)));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static Processor processor(List<String> lines) {
        Map<String, String> first = new HashMap<>();
        Set<String> sockets = new HashSet<>();
        int logical = 0;
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String key = line.substring(0, colon).strip();
                String value = line.substring(colon + 1).strip();
                first.putIfAbsent(key, value);
                if (key.equals("processor")) {
                    logical++;
                } else if (key.equals("physical id")) {
                    sockets.add(value);
                }
            }
        }
        logical = Math.max(1, logical);
        int shownOfAPackage = Math.max(1, logical / Math.max(1, sockets.size()));
        return new Processor(
                first.getOrDefault("model name", ""),
                first.getOrDefault("vendor_id", first.getOrDefault("CPU implementer", "")),
                number(first, "cpu family", "CPU architecture", -1),
                number(first, "model", "CPU part", -1),
                number(first, "stepping", "", 0),
                Math.max(1, number(first, "siblings", "", shownOfAPackage)),
                Math.max(0, number(first, "cpu cores", "", 0)),
                logical,
                (" " + first.getOrDefault("flags", "") + " ").contains(" hypervisor "));
    }

    private static int number(Map<String, String> values, String key, String armKey, int unknown) {
        try {
            return Integer.decode(values.getOrDefault(key, values.getOrDefault(armKey, "")));
        } catch (NumberFormatException e) {
            return unknown;
        }
    }

    private static long memoryBytes(Path procRoot) {
        try {
            for (String line : Files.readAllLines(procRoot.resolve("meminfo"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("MemTotal:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException | NumberFormatException unknown) {
            return 0;
        }
        return 0;
    }
}
