/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Sensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Selects the energy counters of Intel's boards: of each board the counter that includes the others, or else its tiles.
 *
 * <p>{@code i915} has one monitor of the whole board and one of each tile. {@code xe} has one monitor, whose counters have
 * the labels {@code card} and {@code pkg}, the chip on the card; the oldest version has one counter without a label. The
 * drivers extend the hardware's 32 bits, so the counters do not wrap.
 */
final class IntelGpus {
    private static final Pattern TILE = Pattern.compile("i915_gt\\d{1,4}");

    /** Best first. */
    private static final List<String> LABELS = List.of("card", "", "pkg");

    /** {@code energy1} and {@code energy2} are known; looking for a few more costs nothing. */
    private static final int COUNTERS = 4;

    /** The PCI address of every integrated Intel GPU. */
    private static final String INTEGRATED = "0000:00:02.0";

    private IntelGpus() {}

    static void choose(List<Monitor> monitors, Selection into) {
        Map<String, List<Monitor>> boards = new TreeMap<>();
        for (Monitor monitor : monitors) {
            if (monitor.name().equals("i915")
                    || monitor.name().equals("xe")
                    || TILE.matcher(monitor.name()).matches()) {
                boards.computeIfAbsent(monitor.place(), place -> new ArrayList<>())
                        .add(monitor);
            }
        }
        int metered = 0;
        for (List<Monitor> board : boards.values()) {
            List<Channel> channels = channels(board, "intel-gpu-" + metered);
            channels.forEach(into::meter);
            if (!channels.isEmpty()) {
                metered++;
            } else if (board.get(0).place().equals(INTEGRATED)) {
                into.leaveOut(HwmonNotes.integrated(board.get(0)));
            } else {
                List<String> unknown = unknownLabels(board);
                into.leaveOut(
                        unknown.isEmpty()
                                ? HwmonNotes.noSensor(board.get(0), "Intel GPU")
                                : HwmonNotes.unknownCounters(board.get(0), "Intel GPU", unknown));
            }
        }
    }

    private static List<String> unknownLabels(List<Monitor> board) {
        List<String> labels = new ArrayList<>();
        for (Monitor monitor : board) {
            for (int counter = 1; counter <= COUNTERS; counter++) {
                if (monitor.has("energy" + counter + "_input")) {
                    labels.add(monitor.text("energy" + counter + "_label"));
                }
            }
        }
        return labels;
    }

    private static List<Channel> channels(List<Monitor> board, String device) {
        List<Monitor> tiles = new ArrayList<>();
        for (Monitor monitor : board) {
            if (TILE.matcher(monitor.name()).matches()) {
                tiles.add(monitor);
            } else {
                Optional<Path> whole = whole(monitor);
                if (whole.isPresent()) {
                    return List.of(channel(monitor, device, whole.get(), ""));
                }
            }
        }
        List<Channel> channels = new ArrayList<>();
        for (Monitor tile : tiles) {
            if (tile.has("energy1_input")) {
                String name = device + "-tile-" + tile.name().substring("i915_gt".length());
                String remark = channels.isEmpty() ? HwmonNotes.tilesAlone(device) : "";
                channels.add(channel(tile, name, tile.file("energy1_input"), remark));
            }
        }
        return channels;
    }

    private static Optional<Path> whole(Monitor monitor) {
        for (String label : LABELS) {
            for (int counter = 1; counter <= COUNTERS; counter++) {
                String input = "energy" + counter + "_input";
                if (monitor.has(input)
                        && monitor.text("energy" + counter + "_label").equals(label)) {
                    return Optional.of(monitor.file(input));
                }
            }
        }
        return Optional.empty();
    }

    private static Channel channel(Monitor monitor, String device, Path energy, String remark) {
        // The limit is that of the board, and no tile draws more.
        Sensor sensor = new Sensor.Counter(0).withLimit(monitor.limitMicrowatts("power1_max", "power1_rated_max"));
        String name = ("Intel GPU " + monitor.fact("PCI_ID")).strip();
        return Channel.ofGpu(monitor, device, name, "", energy, sensor, remark);
    }
}
