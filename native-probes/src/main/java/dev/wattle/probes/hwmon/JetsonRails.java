/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Selects the rails of a Jetson module to meter, from those that its INA3221 chips measure: each part of the module once.
 *
 * <p>{@code VDD_IN} feeds the whole module. Where it exists, only it is read (Orin Nano and NX, Xavier NX, TX1 and TX2; on
 * Nano {@code POM_5V_IN}). On an AGX module the other rails add up to the whole, except that {@code VIN_SYS_5V0} feeds
 * {@code VDDQ_VDD2_1V8AO}. On Thor an INA238 measures {@code VIN} too, which feeds the module and its carrier board. It is
 * read only if no rail of the module is known. {@link RailLabels} has the sources.
 */
final class JetsonRails {
    /** The prefix of all rails' device labels. */
    static final String DEVICE = "rail-";

    /** The chip that measures the input of a Jetson with its carrier board. */
    private static final String BOARD_CHIP = "ina238";

    private static final int CHANNELS = 3;

    /** The chip's default: three channels, 1.1 ms each for voltage and current. */
    private static final long DEFAULT_UPDATE_MILLIS = 7;

    /** A reading waits for two updates, and delays all other readings of this probe. */
    private static final long MAX_UPDATE_MILLIS = 25;

    private JetsonRails() {}

    static void choose(List<Monitor> monitors, MeteredElsewhere elsewhere, Selection into) {
        Map<String, Channel> rails = new LinkedHashMap<>();
        Map<Monitor, List<String>> unknown = new LinkedHashMap<>();
        for (Monitor chip : MonitorTree.of("ina3221", monitors)) {
            long updateMillis = updateMillis(chip);
            if (updateMillis > MAX_UPDATE_MILLIS) {
                into.leaveOut(JetsonNotes.slow(chip, updateMillis));
            } else {
                rails(chip, updateMillis, unknown).forEach(rails::putIfAbsent);
            }
        }
        Optional<String> module =
                RailLabels.MODULES.stream().filter(rails::containsKey).findFirst();
        if (module.isPresent()) {
            rails.keySet().retainAll(List.of(module.get()));
        } else if (rails.containsKey(RailLabels.SYSTEM)) {
            rails.remove(RailLabels.MEMORY_IN_SYSTEM);
        }
        chooseBoard(monitors, rails, unknown, into);
        unknown.forEach((chip, labels) -> into.leaveOut(JetsonNotes.unknownRails(chip, labels, rails.keySet())));
        rails.values().forEach(rail -> {
            if (elsewhere != MeteredElsewhere.NOTHING && rail.domain().component() == Component.GPU) {
                into.leaveOut(JetsonNotes.railOfGpu(rail));
            } else {
                into.meter(rail);
            }
        });
    }

    /** The input of the module and its carrier board: metered only if no rail of the module is known. */
    private static void chooseBoard(
            List<Monitor> monitors, Map<String, Channel> rails, Map<Monitor, List<String>> unknown, Selection into) {
        for (Monitor chip : MonitorTree.of(BOARD_CHIP, monitors)) {
            if (!isOfTheBoard(chip)) {
                continue;
            }
            if (rails.isEmpty()) {
                rails.put(RailLabels.BOARD, channel(chip, 1, RailLabels.BOARD, Component.CPU, 0));
                // The input includes what the unknown rails feed.
                unknown.clear();
            } else {
                into.leaveOut(JetsonNotes.wholeBoard(chip));
            }
            return;
        }
    }

    /** Whether a chip measures the input of a Jetson with its carrier board. */
    static boolean isOfTheBoard(Monitor chip) {
        return chip.name().equals(BOARD_CHIP) && labelOf(chip).equals(RailLabels.BOARD);
    }

    /** The firmware's label of a chip with one channel; kernels show it in different files. */
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
            Component component = RailLabels.COMPONENTS.get(label);
            if (component != null) {
                rails.putIfAbsent(label, channel(chip, channel, label, component, 2 * updateMillis * 1_000_000));
            } else if (chip.has("in" + channel + "_input") && !RailLabels.IGNORED.contains(label)) {
                unknown.computeIfAbsent(chip, first -> new ArrayList<>())
                        .add(label.isEmpty() ? "channel " + channel : label);
            }
        }
        return rails;
    }

    private static Channel channel(Monitor chip, int channel, String label, Component component, long waitNanos) {
        String device = device(label);
        String remark = "";
        if (RailLabels.MODULES.contains(label)) {
            remark = HwmonNotes.wholeModule(device);
        } else if (label.equals(RailLabels.BOARD)) {
            remark = JetsonNotes.boardAlone(device);
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

    /** Whether a rail feeds the whole module. */
    static boolean isInput(String device) {
        return device.equals(device(RailLabels.BOARD))
                || RailLabels.MODULES.stream().map(JetsonRails::device).anyMatch(device::equals);
    }

    /** Each read of a file waits for the chip's next update (Linux, ina3221.c). */
    private static long updateMillis(Monitor chip) {
        long millis = chip.number("update_interval");
        return millis < 0 ? DEFAULT_UPDATE_MILLIS : millis;
    }
}
