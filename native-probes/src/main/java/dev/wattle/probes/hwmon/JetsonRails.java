/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses among the rails that the INA3221 chips of a Jetson module measure: each part of the module once.
 *
 * <p>{@code VDD_IN} is the whole module and is read alone where there is one (Orin Nano and NX, Xavier NX, TX1 and TX2; on
 * Nano {@code POM_5V_IN}). Otherwise the rails of an AGX module add up to it; {@code VDDQ_VDD2_1V8AO} comes out of
 * {@code VIN_SYS_5V0}. On Thor an INA238 beside them measures {@code VIN}, which feeds the module and its carrier board: it
 * is read only where no rail of the module is known (NVIDIA, Jetson Linux Developer Guide, software-based power
 * consumption modelling, and its pages on Thor; NVIDIA's forum, 223111, 201037 and 366461).
 */
final class JetsonRails {
    /** How the labels of all rails begin. */
    static final String DEVICE = "rail-";

    private static final List<String> MODULES = List.of("VDD_IN", "POM_5V_IN");
    private static final String SYSTEM = "VIN_SYS_5V0";
    private static final String MEMORY_IN_SYSTEM = "VDDQ_VDD2_1V8AO";
    private static final String BOARD = "VIN";
    private static final String BOARD_CHIP = "ina238";

    /**
     * Which part of the machine a rail counts to: the accelerators, or the memory where it feeds nothing else; all that
     * remains counts to the processor, as its uncore would.
     */
    private static final Map<String, Component> RAILS = Map.ofEntries(
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

    /** Channels that nothing hangs on, and rails that feed no part of the module. */
    private static final Set<String> BESIDE_THE_MODULE = Set.of(
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

    private static final int CHANNELS = 3;

    /** What the chip's first settings come to: three channels, 1.1 ms each for voltage and current. */
    private static final long DEFAULT_UPDATE_MILLIS = 7;

    /** A rail's reading takes two rounds, and no other of the meter's is made meanwhile. */
    private static final long LONGEST_UPDATE_MILLIS = 25;

    private JetsonRails() {}

    static void choose(List<Monitor> monitors, MeteredElsewhere elsewhere, Selection into) {
        Map<String, Channel> rails = new LinkedHashMap<>();
        Map<Monitor, List<String>> unknown = new LinkedHashMap<>();
        for (Monitor chip : MonitorTree.of("ina3221", monitors)) {
            long updateMillis = updateMillis(chip);
            if (updateMillis > LONGEST_UPDATE_MILLIS) {
                into.leaveOut(HwmonNotes.slow(chip, updateMillis));
            } else {
                rails(chip, updateMillis, unknown).forEach(rails::putIfAbsent);
            }
        }
        Optional<String> module = MODULES.stream().filter(rails::containsKey).findFirst();
        if (module.isPresent()) {
            rails.keySet().retainAll(List.of(module.get()));
        } else if (rails.containsKey(SYSTEM)) {
            rails.remove(MEMORY_IN_SYSTEM);
        }
        chooseBoard(monitors, rails, unknown, into);
        unknown.forEach((chip, labels) -> into.leaveOut(HwmonNotes.unknownRails(chip, labels, rails.keySet())));
        rails.values().forEach(rail -> {
            if (elsewhere != MeteredElsewhere.NOTHING && rail.domain().component() == Component.GPU) {
                into.leaveOut(HwmonNotes.railOfGpu(rail));
            } else {
                into.meter(rail);
            }
        });
    }

    /** What feeds all of it, the carrier board too: metered where nothing else tells what the module draws. */
    private static void chooseBoard(
            List<Monitor> monitors, Map<String, Channel> rails, Map<Monitor, List<String>> unknown, Selection into) {
        for (Monitor chip : MonitorTree.of(BOARD_CHIP, monitors)) {
            if (!isOfTheBoard(chip)) {
                continue;
            }
            if (rails.isEmpty()) {
                rails.put(BOARD, channel(chip, 1, BOARD, Component.CPU, 0));
                // Whatever those rails feed is in it.
                unknown.clear();
            } else {
                into.leaveOut(HwmonNotes.wholeBoard(chip));
            }
            return;
        }
    }

    /** Whether a chip measures what goes into a Jetson with its carrier board. */
    static boolean isOfTheBoard(Monitor chip) {
        return chip.name().equals(BOARD_CHIP) && labelOf(chip).equals(BOARD);
    }

    /** How firmware calls what a chip of one channel measures; kernels show it in different files. */
    static String labelOf(Monitor chip) {
        return Stream.of("label", "in1_label", "power1_label", "curr1_label", "in0_label")
                .map(chip::text)
                .filter(label -> !label.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Map<String, Channel> rails(Monitor chip, long updateMillis, Map<Monitor, List<String>> unknown) {
        Map<String, Channel> rails = new LinkedHashMap<>();
        for (int channel = 1; channel <= CHANNELS; channel++) {
            String label = chip.text("in" + channel + "_label");
            Component component = RAILS.get(label);
            if (component != null) {
                rails.putIfAbsent(label, channel(chip, channel, label, component, 2 * updateMillis * 1_000_000));
            } else if (chip.has("in" + channel + "_input") && !BESIDE_THE_MODULE.contains(label)) {
                unknown.computeIfAbsent(chip, first -> new ArrayList<>())
                        .add(label.isEmpty() ? "channel " + channel : label);
            }
        }
        return rails;
    }

    private static Channel channel(Monitor chip, int channel, String label, Component component, long waitNanos) {
        String device = device(label);
        String remark = "";
        if (MODULES.contains(label)) {
            remark = HwmonNotes.wholeModule(device);
        } else if (label.equals(BOARD)) {
            remark = HwmonNotes.boardAlone(device);
        }
        return Channel.ofRail(
                chip,
                component,
                device,
                label,
                List.of(chip.file("in" + channel + "_input"), chip.file("curr" + channel + "_input")),
                waitNanos,
                remark);
    }

    private static String device(String label) {
        return DEVICE + label.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a rail holds all of the module. */
    static boolean isInput(String device) {
        return device.equals(device(BOARD))
                || MODULES.stream().map(JetsonRails::device).anyMatch(device::equals);
    }

    /** Every file that is read waits for the chip's next round of conversions (Linux, ina3221.c). */
    private static long updateMillis(Monitor chip) {
        long millis = chip.number("update_interval");
        return millis < 0 ? DEFAULT_UPDATE_MILLIS : millis;
    }
}
