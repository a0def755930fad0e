/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.sampling.ProcessorTimes;
import dev.wattle.probes.gpu.GpuSightings;
import dev.wattle.probes.load.AllottedTimes;
import dev.wattle.probes.load.CpuTimes;
import dev.wattle.probes.model.CpuInfo;
import dev.wattle.probes.model.ModelDescription;
import dev.wattle.probes.model.ModelProbe;
import dev.wattle.probes.model.ModelSource;
import dev.wattle.probes.powercap.PowercapProbe;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds the probes for a machine: counters first, the model only where no processor counter can be read.
 *
 * <p>Nothing here throws; a probe that cannot be built becomes a finding. Used by one thread.
 */
public final class Probes {
    private final Hardware hardware;
    private final List<EnergyProbe> probes = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private Optional<ModelDescription> model = Optional.empty();

    private Probes(Hardware hardware) {
        this.hardware = hardware;
    }

    /** Looks at the hardware for the kinds wanted. May take milliseconds; call it off the host's threads. */
    public static Discovery discover(Hardware hardware, Set<ProbeKind> kinds) {
        Probes found = new Probes(hardware);
        found.look(kinds, ProbeKind.POWERCAP, found::findPowercap);
        found.look(kinds, ProbeKind.NVML, found::findNvidia);
        found.look(kinds, ProbeKind.HWMON, found::findHwmon);
        found.look(kinds, ProbeKind.MODEL, found::findModel);
        return found.discovery();
    }

    private Discovery discovery() {
        if (meters(Component.CPU) && model.isEmpty() && !meters(Component.DRAM)) {
            // A modelled figure beside a counter might count the memory twice: on some client parts the package's
            // counter holds it.
            remarks.add("The processors are measured but this machine has no memory counter: the energy of its memory"
                    + " is missing from every total.");
        }
        return new Discovery(probes, findings, remarks, model, processorTimes());
    }

    private void look(Set<ProbeKind> kinds, ProbeKind kind, Supplier<Findings> search) {
        if (!kinds.contains(kind)) {
            return;
        }
        try {
            Findings found = search.get();
            found.probe().ifPresent(probes::add);
            findings.addAll(found.findings());
        } catch (Exception | LinkageError e) {
            findings.add(new Finding(
                    kind,
                    "",
                    SourceState.REFUSED,
                    "The source " + kind.word() + " cannot be used: " + e + ".",
                    List.of()));
        }
    }

    private Findings findPowercap() {
        return PowercapProbe.find(hardware.powercapRoot(), CpuInfo.processorName(hardware.procRoot()));
    }

    private Findings findNvidia() {
        return sightings(
                ProbeKind.NVML,
                hardware.procRoot().resolve("driver/nvidia"),
                "No NVIDIA driver.",
                GpuSightings.nvidia(hardware.procRoot(), hardware.nvmlLibrary()));
    }

    private Findings findHwmon() {
        return sightings(
                ProbeKind.HWMON,
                hardware.hwmonRoot(),
                "No AMD or Intel GPU with a hardware monitor.",
                GpuSightings.hwmon(hardware.hwmonRoot()));
    }

    private static Findings sightings(ProbeKind kind, Path place, String none, List<String> lines) {
        if (lines.isEmpty()) {
            return Findings.nothing(Finding.absent(kind, place.toString(), none));
        }
        return new Findings(
                Optional.empty(),
                lines.stream()
                        .map(line -> new Finding(kind, place.toString(), SourceState.REFUSED, line, List.of()))
                        .toList());
    }

    private Findings findModel() {
        if (meters(Component.CPU)) {
            return Findings.nothing(new Finding(
                    ProbeKind.MODEL,
                    "",
                    SourceState.UNNEEDED,
                    "The processors are measured, so nothing is modelled.",
                    List.of()));
        }
        Findings found = ModelSource.find(hardware.procRoot(), hardware.cgroupRoot());
        model = found.probe().filter(ModelProbe.class::isInstance).map(probe -> ((ModelProbe) probe).description());
        return found;
    }

    private Optional<ProcessorTimes> processorTimes() {
        try {
            CpuTimes times = new CpuTimes(hardware.procRoot());
            if (!times.refresh()) {
                return Optional.of(AllottedTimes.ofJvm(Runtime.getRuntime().availableProcessors()));
            }
            boolean contained = probes.stream()
                    .flatMap(probe -> probe.domains().stream())
                    .anyMatch(domain -> domain.component() == Component.CPU && domain.scope() == Scope.CONTAINER);
            return Optional.of(
                    contained && model.isPresent()
                            ? AllottedTimes.ofContainer(times, model.get().cpus())
                            : times);
        } catch (Exception | LinkageError e) {
            remarks.add("This JVM's share of the energy is not known: " + e);
            return Optional.empty();
        }
    }

    private boolean meters(Component component) {
        return probes.stream()
                .flatMap(probe -> probe.domains().stream())
                .map(EnergyDomain::component)
                .anyMatch(component::equals);
    }
}
