/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;

/** Domains as the probes describe them. */
public final class Domains {

    public static final long INTEL_RANGE = 262_143_328_850L;

    private Domains() {}

    public static EnergyDomain processor(int index) {
        return new EnergyDomain(
                Component.CPU,
                "package-" + index,
                "Intel Xeon Platinum 8358",
                "",
                Quality.COUNTER,
                Scope.MACHINE,
                "/sys/class/powercap/intel-rapl:" + index,
                new Sensor.Counter(INTEL_RANGE));
    }

    /** A board whose counter names no range, as NVML's. */
    public static EnergyDomain board(int index) {
        return new EnergyDomain(
                Component.GPU,
                "gpu-" + index,
                "NVIDIA H100 80GB HBM3",
                "GPU-4f6b2a1c-0000-0000-0000-00000000000" + index,
                Quality.COUNTER,
                Scope.MACHINE,
                "nvml:" + index,
                new Sensor.Counter(0));
    }

    public static EnergyDomain powerBoard(int index, long lagNanos) {
        return new EnergyDomain(
                Component.GPU,
                "gpu-" + index,
                "AMD Instinct MI210",
                "",
                Quality.INTEGRATED,
                Scope.MACHINE,
                "hwmon" + index,
                new Sensor.Power(lagNanos));
    }
}
