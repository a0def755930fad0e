/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Component;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The labels of a Jetson's rails (NVIDIA, Jetson Linux Developer Guide, software-based power consumption modelling, and its
 * pages on Thor; NVIDIA's forum, 223111, 201037 and 366461).
 */
final class RailLabels {
    /** The rails that feed the whole module. */
    static final List<String> MODULES = List.of("VDD_IN", "POM_5V_IN");
    /** The rail of an AGX module that also feeds {@link #MEMORY_IN_SYSTEM}. */
    static final String SYSTEM = "VIN_SYS_5V0";

    static final String MEMORY_IN_SYSTEM = "VDDQ_VDD2_1V8AO";
    /** The input of the module with its carrier board. */
    static final String BOARD = "VIN";

    /**
     * The component that a rail counts to: the accelerators, or the memory if it feeds nothing else. All other rails count
     * to the processor, as its uncore does.
     */
    static final Map<String, Component> COMPONENTS = Map.ofEntries(
            // The whole module.
            Map.entry("VDD_IN", Component.CPU),
            Map.entry("POM_5V_IN", Component.CPU),
            // AGX Thor.
            Map.entry("VDD_GPU", Component.GPU),
            Map.entry("VDD_CPU_SOC_MSS", Component.CPU),
            // AGX Orin, and the last of Thor.
            Map.entry("VDD_GPU_SOC", Component.GPU),
            Map.entry("VDD_CPU_CV", Component.CPU),
            Map.entry(SYSTEM, Component.CPU),
            Map.entry(MEMORY_IN_SYSTEM, Component.DRAM),
            // AGX Xavier.
            Map.entry("GPU", Component.GPU),
            Map.entry("CPU", Component.CPU),
            Map.entry("SOC", Component.CPU),
            Map.entry("CV", Component.GPU),
            Map.entry("VDDRQ", Component.DRAM),
            Map.entry("SYS5V", Component.CPU),
            // Parts of VDD_IN: Orin Nano, Orin NX and Xavier NX; TX1; TX2; TX2 NX.
            Map.entry("VDD_CPU_GPU_CV", Component.CPU),
            Map.entry("VDD_SOC", Component.CPU),
            Map.entry("VDD_CPU", Component.CPU),
            Map.entry("VDD_SYS_GPU", Component.GPU),
            Map.entry("VDD_SYS_SOC", Component.CPU),
            Map.entry("VDD_SYS_CPU", Component.CPU),
            Map.entry("VDD_SYS_DDR", Component.DRAM),
            Map.entry("VDD_CPU_GPU", Component.CPU),
            // Parts of POM_5V_IN: Nano.
            Map.entry("POM_5V_GPU", Component.GPU),
            Map.entry("POM_5V_CPU", Component.CPU));

    /** Channels that are not connected, and rails that feed no part of the module. */
    static final Set<String> IGNORED = Set.of(
            "NC",
            "VDD_4V0_WIFI",
            "VDD_MUX",
            "VDD_5V_IO_SYS",
            "VDD_5V0_IO_SYS",
            "VDD_3V3_SYS",
            "VDD_3V3_IO",
            "VDD_3V3_IO_SLP",
            "VDD_1V8_IO",
            "VDD_M2_IN",
            "VDD_3V3_SYS_M2");

    private RailLabels() {}
}
