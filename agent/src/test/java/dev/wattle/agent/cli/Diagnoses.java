/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Machines that a doctor may meet. */
final class Diagnoses {
    static final Finding LOCKED = new Finding(
            ProbeKind.POWERCAP,
            "/sys/class/powercap",
            SourceState.PARTLY,
            "The energy of package-1 is missing from every total: its counter cannot be read.",
            List.of(
                    new Fix(
                            "let the group 'power' read it",
                            "sudo chgrp power /sys/class/powercap/intel-rapl:1/energy_uj",
                            "sudo chmod 0440 /sys/class/powercap/intel-rapl:1/energy_uj"),
                    new Fix("to make that last, put this line into /etc/udev/rules.d/70-powercap.rules", "RULE")));

    private Diagnoses() {}

    /** A server with one of its two processors and a GPU that says nothing; nobody asked for hardware monitors. */
    static DoctorReport server() {
        return of(
                EnumSet.complementOf(EnumSet.of(ProbeKind.HWMON)),
                List.of(
                        Finding.metered(ProbeKind.POWERCAP, "/sys/class/powercap"),
                        LOCKED,
                        Finding.metered(ProbeKind.NVML, "/usr/lib64/libnvidia-ml.so.1"),
                        new Finding(
                                ProbeKind.MODEL,
                                "",
                                SourceState.UNNEEDED,
                                "The processors are measured, so nothing is modelled.",
                                List.of())),
                List.of("The energy of its memory is missing from every total."),
                List.of(counter("package-0", 150_020_000), silentGpu()));
    }

    /** A virtual machine with nothing but a model. */
    static DoctorReport virtualMachine() {
        return of(
                EnumSet.of(ProbeKind.POWERCAP, ProbeKind.MODEL),
                List.of(
                        Finding.absent(ProbeKind.POWERCAP, "/sys/class/powercap", "No counters."),
                        Finding.metered(ProbeKind.MODEL, "/proc")),
                List.of(),
                List.of(model()));
    }

    /** Not even the load of its processors is told. */
    static DoctorReport blank() {
        return of(
                EnumSet.of(ProbeKind.POWERCAP),
                List.of(Finding.absent(ProbeKind.POWERCAP, "/sys/class/powercap", "No counters.")),
                List.of(),
                List.of());
    }

    static DoctorReport of(
            Set<ProbeKind> asked, List<Finding> findings, List<String> remarks, List<LiveReading> readings) {
        return new DoctorReport(
                "1.2.3",
                Instant.parse("2026-11-22T10:11:23Z"),
                new Environment(
                        "Debian GNU/Linux 12 (bookworm), Linux 6.1.0 amd64",
                        "Linux version 6.1.0 #1 SMP",
                        "OpenJDK 64-Bit Server VM 17.0.15+6, Debian",
                        "ada (uid 1000)",
                        Optional.empty(),
                        "Intel(R) Xeon(R) Platinum 8358 CPU @ 2.60GHz",
                        64),
                asked,
                findings,
                remarks,
                readings,
                readings.stream().anyMatch(LiveReading::isModelled) ? Optional.of("+/-40 %") : Optional.empty());
    }

    static LiveReading counter(String device, long microwatts) {
        return new LiveReading(
                "powercap",
                new EnergyDomain(
                        Component.CPU,
                        device,
                        "Intel(R) Xeon(R) Platinum 8358 CPU @ 2.60GHz",
                        "",
                        Quality.COUNTER,
                        Scope.MACHINE,
                        "/sys/devices/virtual/powercap/intel-rapl/intel-rapl:0",
                        new Sensor.Counter(262_143_328_850L)),
                true,
                microwatts);
    }

    private static LiveReading silentGpu() {
        return new LiveReading(
                "nvml",
                new EnergyDomain(
                        Component.GPU,
                        "gpu-0",
                        "NVIDIA H100",
                        "GPU-1",
                        Quality.INTEGRATED,
                        Scope.MACHINE,
                        "nvml 0",
                        new Sensor.Power(0)),
                false,
                DomainMeter.UNKNOWN);
    }

    private static LiveReading model() {
        return new LiveReading(
                "model",
                new EnergyDomain(
                        Component.CPU,
                        "cpu",
                        "AMD EPYC 9R14",
                        "",
                        Quality.MODELLED,
                        Scope.CONTAINER,
                        "watts per vCPU (mean of 43 results, 2026)",
                        new Sensor.Power(0)),
                true,
                2_340_000);
    }
}
