/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import dev.wattle.probes.jna.JnaState;
import dev.wattle.probes.jna.PrivateJna;
import dev.wattle.probes.model.CpuInfo;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.Pause;
import dev.wattle.probes.source.ProcessorPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Searches perf events that count energy. Loads JNA only if there are counters to open. For one search. */
final class PerfSearch {
    /** A counter changes about every millisecond; one that has not changed after this time never will. */
    private static final int PAUSES = 50;

    /** The number of the system call, by the JVM's name of the architecture (asm/unistd_64.h, asm-generic/unistd.h). */
    private static final Map<String, Long> PERF_EVENT_OPEN = Map.of("amd64", 298L, "aarch64", 241L);

    /** Its dies all show their package's counter, although Linux 6.9 to 6.11 lists one for each (rapl.c, 2024). */
    private static final Set<String> ONE_COUNTER_A_PACKAGE = Set.of("AuthenticAMD", "HygonGenuine");

    private final Path directory;
    private final Path cpuRoot;
    private final Path procRoot;
    private final PerfNotes notes;
    private final List<OpenCounter> counting = new ArrayList<>();
    private final List<OpenCounter> refused = new ArrayList<>();
    private final List<OpenCounter> still = new ArrayList<>();
    private List<String> unknown = List.of();

    PerfSearch(Path eventSourceRoot, Path cpuRoot, Path procRoot) {
        this.directory = eventSourceRoot.resolve("power");
        this.cpuRoot = cpuRoot;
        this.procRoot = procRoot;
        this.notes = new PerfNotes(directory);
    }

    Findings find(Set<String> metered) {
        if (!Files.isDirectory(directory)) {
            return Findings.nothing(notes.absent());
        }
        List<PackageCounter> counters;
        try {
            PowerUnit unit = new PowerUnit(directory, cpuRoot, this::hasOneCounterAPackage);
            counters = unit.counters();
            unknown = unit.unknown();
        } catch (IOException | IllegalArgumentException e) {
            return Findings.nothing(notes.unclear(e, metered.isEmpty()));
        }
        if (counters.isEmpty()) {
            return Findings.nothing(notes.absent());
        }
        List<PackageCounter> wanted = counters.stream()
                .filter(counter ->
                        !metered.contains(ProcessorPart.socketOf(counter.part().label())))
                .toList();
        return wanted.isEmpty() ? Findings.nothing(notes.unneeded()) : open(wanted, metered.isEmpty());
    }

    /** By the vendor: the counters start at zero when they are opened, so their values cannot be compared. */
    private boolean hasOneCounterAPackage() {
        return ONE_COUNTER_A_PACKAGE.contains(CpuInfo.vendor(procRoot));
    }

    private Findings open(List<PackageCounter> wanted, boolean alone) {
        String architecture = System.getProperty("os.arch", "");
        Long number = PERF_EVENT_OPEN.get(architecture);
        if (number == null) {
            return Findings.nothing(
                    notes.unusable(wanted, "Perf events cannot be opened on " + architecture + ".", List.of()));
        }
        if (PrivateJna.load() instanceof JnaState.Unavailable unavailable) {
            return Findings.nothing(notes.unusable(wanted, unavailable.reason(), unavailable.remedies()));
        }
        String processorName = CpuInfo.processorName(procRoot);
        KernelCalls kernel = new KernelCalls(number);
        for (PackageCounter counter : wanted) {
            OpenCounter open = new OpenCounter(kernel, counter);
            (open.open() ? still : refused).add(open);
        }
        awaitMovement();
        still.forEach(OpenCounter::close);
        if (alone && counting.stream().noneMatch(OpenCounter::isOfProcessor)) {
            // If no processor can be read, the model is used, which includes the memory.
            counting.forEach(OpenCounter::close);
            counting.clear();
        }
        if (counting.isEmpty()) {
            kernel.close();
            return new Findings(Optional.empty(), notes.of(counting, refused, still, unknown));
        }
        return new Findings(
                Optional.of(new PerfProbe(kernel, counting, processorName)),
                notes.of(counting, refused, still, unknown));
    }

    /** A new event has the count 0, and so has one that never counts, as in some virtual machines. */
    private void awaitMovement() {
        List<OpenCounter> opened = List.copyOf(still);
        for (int pause = 0; pause < PAUSES && !still.isEmpty(); pause++) {
            Pause.ofMillis(1);
            still.removeIf(OpenCounter::hasMoved);
        }
        counting.addAll(opened);
        counting.removeAll(still);
    }
}
