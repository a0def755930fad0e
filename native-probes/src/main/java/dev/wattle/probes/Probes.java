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
import dev.wattle.probes.model.ModelFindings;
import dev.wattle.probes.model.ModelProbe;
import dev.wattle.probes.powercap.PowercapFindings;
import dev.wattle.probes.powercap.PowercapProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the probes for a machine: counters first, the model only where no processor counter can be read.
 *
 * <p>Nothing here throws; a probe that cannot be built becomes a note. Used by one thread.
 */
public final class Probes {
    private final Hardware hardware;
    private final List<EnergyProbe> probes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
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
        return new Discovery(found.probes, found.notes, found.model, found.processorTimes());
    }

    private void look(Set<ProbeKind> kinds, ProbeKind kind, Runnable search) {
        if (kinds.contains(kind)) {
            try {
                search.run();
            } catch (Exception | LinkageError e) {
                notes.add("The probe " + kind.word() + " cannot be used: " + e);
            }
        }
    }

    private void findPowercap() {
        PowercapFindings found =
                PowercapProbe.find(hardware.powercapRoot(), CpuInfo.processorName(hardware.procRoot()));
        found.probe().ifPresent(probes::add);
        notes.addAll(found.notes());
        if (meters(Component.CPU) && !meters(Component.DRAM)) {
            // A modelled figure beside a counter might count the memory twice: on some client parts the package's
            // counter holds it.
            notes.add("The processors are measured but this machine has no memory counter: the energy of its memory"
                    + " is missing from every total.");
        }
    }

    private void findNvidia() {
        notes.addAll(GpuSightings.nvidia(hardware.procRoot(), hardware.nvmlLibrary()));
    }

    private void findHwmon() {
        notes.addAll(GpuSightings.hwmon(hardware.hwmonRoot()));
    }

    private void findModel() {
        if (meters(Component.CPU)) {
            return;
        }
        ModelFindings found = ModelFindings.find(hardware.procRoot(), hardware.cgroupRoot());
        found.probe().ifPresent(probes::add);
        notes.addAll(found.notes());
        model = found.probe().map(ModelProbe::description);
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
            notes.add("This JVM's share of the energy is not known: " + e);
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
