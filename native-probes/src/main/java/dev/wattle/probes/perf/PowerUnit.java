/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import dev.wattle.core.probe.Component;
import dev.wattle.probes.source.ProcessorPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The counters of the kernel's unit {@code power} that add up: {@code energy-pkg} and {@code energy-ram} of every
 * package.
 *
 * <p>{@code energy-cores}, {@code energy-gpu} and the unit {@code power_core} are left out, because a package includes them.
 * {@code energy-psys} is left out, because it includes the packages.
 */
final class PowerUnit {
    private static final Set<String> KNOWN =
            Set.of("energy-pkg", "energy-ram", "energy-cores", "energy-core", "energy-gpu", "energy-psys");

    private final Path directory;
    private final Path cpuRoot;
    private final BooleanSupplier oneCounterAPackage;

    /**
     * @param directory {@code /sys/bus/event_source/devices/power}
     * @param cpuRoot {@code /sys/devices/system/cpu}
     * @param oneCounterAPackage whether all dies of a package show one counter; used if a package has several
     */
    PowerUnit(Path directory, Path cpuRoot, BooleanSupplier oneCounterAPackage) {
        this.directory = directory;
        this.cpuRoot = cpuRoot;
        this.oneCounterAPackage = oneCounterAPackage;
    }

    /**
     * The counters, by package number, each followed by its memory; empty if the unit counts no package.
     *
     * @throws IOException if a file is missing
     * @throws IllegalArgumentException if a file cannot be understood
     */
    List<PackageCounter> counters() throws IOException {
        List<PowerEvent> events = events();
        List<PackageCounter> counters = new ArrayList<>();
        readers().forEach((socket, dies) -> {
            if (dies.size() == 1 || oneCounterAPackage.getAsBoolean()) {
                add(
                        events,
                        socket,
                        ProcessorPart.WHOLE,
                        dies.values().iterator().next(),
                        counters);
            } else {
                dies.forEach((die, cpu) -> add(events, socket, die, cpu, counters));
            }
        });
        return counters;
    }

    /** Unknown events: it is not known what they include, or what includes them. */
    List<String> unknown() {
        try (Stream<Path> files = Files.list(directory.resolve("events"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.endsWith(".scale") && !name.endsWith(".unit"))
                    .filter(name -> !KNOWN.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException hidden) {
            return List.of();
        }
    }

    private static void add(List<PowerEvent> events, int socket, int die, int cpu, List<PackageCounter> to) {
        for (PowerEvent event : events) {
            to.add(new PackageCounter(new ProcessorPart(event.component(), socket, die), event, cpu));
        }
    }

    private List<PowerEvent> events() throws IOException {
        List<PowerEvent> events = new ArrayList<>();
        if (!Files.exists(directory.resolve("events/energy-pkg"))) {
            return events;
        }
        int type = number(directory.resolve("type"));
        events.add(PowerEvent.read(directory, type, Component.CPU, "energy-pkg"));
        if (Files.exists(directory.resolve("events/energy-ram"))) {
            events.add(PowerEvent.read(directory, type, Component.DRAM, "energy-ram"));
        }
        return events;
    }

    /** The processor that reads for each package and die. */
    private Map<Integer, Map<Integer, Integer>> readers() throws IOException {
        Map<Integer, Map<Integer, Integer>> readers = new TreeMap<>();
        for (int cpu : CpuList.parse(Files.readString(directory.resolve("cpumask")))) {
            Path topology = cpuRoot.resolve("cpu" + cpu).resolve("topology");
            int die = Files.exists(topology.resolve("die_id")) ? number(topology.resolve("die_id")) : 0;
            readers.computeIfAbsent(number(topology.resolve("physical_package_id")), socket -> new TreeMap<>())
                    .putIfAbsent(die, cpu);
        }
        return readers;
    }

    private static int number(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(file + " holds no number but '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
