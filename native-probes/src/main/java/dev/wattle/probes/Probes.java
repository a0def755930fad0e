/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EarlyReading;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.sampling.ProcessorTimes;
import dev.wattle.probes.hwmon.HwmonProbe;
import dev.wattle.probes.hwmon.MeteredElsewhere;
import dev.wattle.probes.load.AllottedTimes;
import dev.wattle.probes.load.CpuTimes;
import dev.wattle.probes.model.CpuInfo;
import dev.wattle.probes.model.ModelDescription;
import dev.wattle.probes.model.ModelProbe;
import dev.wattle.probes.model.ModelSource;
import dev.wattle.probes.nvml.NvmlSource;
import dev.wattle.probes.perf.PerfProbe;
import dev.wattle.probes.powercap.PowercapProbe;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.ProcessorPart;
import dev.wattle.probes.source.SourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the probes for a machine: counters first, the model only where no processor counter can be read.
 *
 * <p>Nothing here throws; a probe that cannot be built becomes a finding. Used by one thread.
 */
public final class Probes {
    private final Hardware hardware;
    private final List<EarlyReading> early;
    private final List<EnergyProbe> probes = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private Optional<ModelDescription> model = Optional.empty();

    private Probes(Hardware hardware, List<EarlyReading> early) {
        this.hardware = hardware;
        this.early = early;
    }

    /** Looks at the hardware for the kinds wanted. May take milliseconds; call it off the host's threads. */
    public static Discovery discover(Hardware hardware, Set<ProbeKind> kinds) {
        return discover(hardware, kinds, List.of());
    }

    /**
     * As {@link #discover(Hardware, Set)}, and counts the energy of the counters among {@code early} from then on, where
     * they are metered.
     */
    public static Discovery discover(Hardware hardware, Set<ProbeKind> kinds, List<EarlyReading> early) {
        Probes found = new Probes(hardware, early);
        found.look(kinds, ProbeKind.POWERCAP, found::findPowercap);
        found.look(kinds, ProbeKind.PERF, found::findPerf);
        found.look(kinds, ProbeKind.NVML, found::findNvidia);
        found.look(kinds, ProbeKind.HWMON, found::findHwmon);
        found.look(kinds, ProbeKind.MODEL, found::findModel);
        return found.discovery();
    }

    private Discovery discovery() {
        if (areProcessorsMeasured()) {
            // Nobody needs help to find what another source tells.
            findings.replaceAll(finding -> finding.state() == SourceState.ABSENT
                    ? Finding.absent(finding.kind(), finding.place(), finding.what())
                    : finding);
        }
        if (counts(Component.CPU) && !meters(Component.DRAM)) {
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
        return PowercapProbe.find(hardware.powercapRoot(), CpuInfo.processorName(hardware.procRoot()), early);
    }

    /** Another way to powercap's counters, for those that it does not meter; no longer are they missing there. */
    private Findings findPerf() {
        Findings found = PerfProbe.find(hardware.perfRoot(), hardware.cpuRoot(), hardware.procRoot(), sockets(probes));
        Set<String> sockets = sockets(found.probe().stream().toList());
        if (!sockets.isEmpty()) {
            findings.replaceAll(finding -> finding.kind() == ProbeKind.POWERCAP ? finding.besides(sockets) : finding);
        }
        return found;
    }

    private static Set<String> sockets(List<EnergyProbe> probes) {
        return probes.stream()
                .flatMap(probe -> probe.domains().stream())
                .map(domain -> ProcessorPart.socketOf(domain.device()))
                .collect(Collectors.toSet());
    }

    private Findings findNvidia() {
        return NvmlSource.find(hardware.procRoot(), hardware.nvmlLibrary(), System.getenv());
    }

    private Findings findHwmon() {
        MeteredElsewhere elsewhere = meters(Component.GPU) ? MeteredElsewhere.GPUS : MeteredElsewhere.NOTHING;
        return HwmonProbe.find(hardware.hwmonRoot(), metersModules() ? MeteredElsewhere.MODULES : elsewhere);
    }

    private Findings findModel() {
        if (meters(Component.CPU) || metersModules()) {
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
            boolean contained = domains()
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

    private boolean areProcessorsMeasured() {
        return meters(Component.CPU) && model.isEmpty();
    }

    private boolean meters(Component component) {
        return domains().map(EnergyDomain::component).anyMatch(component::equals);
    }

    /** Whether the energy of GPUs holds the processors beside them. */
    private boolean metersModules() {
        return domains().anyMatch(NvmlSource::isModule);
    }

    /** The sensors of other machines may hold the memory with the processor; a counter is of the processor alone. */
    private boolean counts(Component component) {
        return domains().anyMatch(domain -> domain.component() == component && domain.quality() == Quality.COUNTER);
    }

    private Stream<EnergyDomain> domains() {
        return probes.stream().flatMap(probe -> probe.domains().stream());
    }
}
