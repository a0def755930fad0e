/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Chooses among the rails that the INA3221 chips of a Jetson module measure: each part of the module once.
 *
 * <p>{@code VDD_IN} is the whole module and is read alone where there is one (Orin Nano and NX, Xavier NX).
 * Otherwise the rails of an AGX module add up to it; {@code VDDQ_VDD2_1V8AO} comes out of {@code VIN_SYS_5V0} (NVIDIA,
 * Jetson Linux Developer Guide, software-based power consumption modelling; NVIDIA's forum, 223111).
 */
final class JetsonRails {
    private static final String MODULE = "VDD_IN";
    private static final String SYSTEM = "VIN_SYS_5V0";
    private static final String MEMORY_IN_SYSTEM = "VDDQ_VDD2_1V8AO";

    /**
     * Which part of the machine a rail counts to: the accelerators, or the memory where it feeds nothing else; all that
     * remains counts to the processor, as its uncore would.
     */
    private static final Map<String, Component> RAILS = Map.ofEntries(
            Map.entry(MODULE, Component.CPU),
            Map.entry("VDD_GPU_SOC", Component.GPU),
            Map.entry("VDD_CPU_CV", Component.CPU),
            Map.entry(SYSTEM, Component.CPU),
            Map.entry(MEMORY_IN_SYSTEM, Component.DRAM),
            Map.entry("GPU", Component.GPU),
            Map.entry("CPU", Component.CPU),
            Map.entry("SOC", Component.CPU),
            Map.entry("CV", Component.GPU),
            Map.entry("VDDRQ", Component.DRAM),
            Map.entry("SYS5V", Component.CPU));

    private static final int CHANNELS = 3;

    /** What the chip's first settings come to: three channels, 1.1 ms each for voltage and current. */
    private static final long DEFAULT_UPDATE_MILLIS = 7;

    /** A rail's reading takes two rounds, and no other of the meter's is made meanwhile. */
    private static final long LONGEST_UPDATE_MILLIS = 25;

    private JetsonRails() {}

    static void choose(List<Monitor> monitors, Selection into) {
        Map<String, Channel> rails = new LinkedHashMap<>();
        List<Monitor> chips = new ArrayList<>();
        for (Monitor chip : MonitorTree.of("ina3221", monitors)) {
            long updateMillis = updateMillis(chip);
            if (updateMillis > LONGEST_UPDATE_MILLIS) {
                into.leaveOut(HwmonNotes.slow(chip, updateMillis));
            } else {
                chips.add(chip);
                rails(chip, updateMillis).forEach(rails::putIfAbsent);
            }
        }
        if (rails.isEmpty()) {
            chips.stream().map(HwmonNotes::unknownRails).forEach(into::leaveOut);
        } else if (rails.containsKey(MODULE)) {
            rails.keySet().retainAll(List.of(MODULE));
        } else if (rails.containsKey(SYSTEM)) {
            rails.remove(MEMORY_IN_SYSTEM);
        }
        rails.values().forEach(into::meter);
    }

    private static Map<String, Channel> rails(Monitor chip, long updateMillis) {
        Map<String, Channel> rails = new LinkedHashMap<>();
        for (int channel = 1; channel <= CHANNELS; channel++) {
            String label = chip.text("in" + channel + "_label");
            Component component = RAILS.get(label);
            if (component != null) {
                rails.putIfAbsent(label, channel(chip, channel, label, component, 2 * updateMillis * 1_000_000));
            }
        }
        return rails;
    }

    private static Channel channel(Monitor chip, int channel, String label, Component component, long waitNanos) {
        String device = "rail-" + label.toLowerCase(Locale.ROOT).replace('_', '-');
        return Channel.ofRail(
                chip,
                component,
                device,
                label,
                List.of(chip.file("in" + channel + "_input"), chip.file("curr" + channel + "_input")),
                waitNanos,
                label.equals(MODULE) ? HwmonNotes.wholeModule(device) : "");
    }

    /** Every file that is read waits for the chip's next round of conversions (Linux, ina3221.c). */
    private static long updateMillis(Monitor chip) {
        long millis = chip.number("update_interval");
        return millis < 0 ? DEFAULT_UPDATE_MILLIS : millis;
    }
}
