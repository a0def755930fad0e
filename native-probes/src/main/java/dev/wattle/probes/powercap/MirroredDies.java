/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Component;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds die zones that all show the one counter of their socket, as in AMD's multi-die packages: 68 W and 68 W were read
 * while a wall meter showed 125 W (CodeCarbon's documentation, 2025).
 *
 * <p>Two zones share a counter if the value of one, read between two readings of the other, is between them, or no further
 * away than a counter's step, in a range of at least 65 kJ. Separate counters that are so close by chance do not stay so
 * close, so the caller checks twice.
 */
final class MirroredDies {
    /** A counter changes about every millisecond, and each zone shows it at its own time: half a joule at 500 W. */
    private static final long STEP_MICROJOULES = 500_000;

    private MirroredDies() {}

    /** The zones that repeat an earlier zone of their package, in a new list. */
    static List<MeteredZone> in(List<MeteredZone> zones) {
        List<MeteredZone> kept = new ArrayList<>();
        List<MeteredZone> mirrored = new ArrayList<>();
        for (MeteredZone zone : zones) {
            boolean mirrors = kept.stream()
                    .anyMatch(earlier ->
                            areDiesOfOnePackage(earlier, zone) && showOneCounter(earlier.zone(), zone.zone()));
            (mirrors ? mirrored : kept).add(zone);
        }
        return mirrored;
    }

    private static boolean areDiesOfOnePackage(MeteredZone one, MeteredZone other) {
        return one.part().component() == Component.CPU
                && other.part().component() == Component.CPU
                && one.part().packageNumber() == other.part().packageNumber();
    }

    private static boolean showOneCounter(Zone one, Zone other) {
        try (KernelFile first = KernelFile.ofPlainFile(one.energyFile(), PowercapProbe.CAPACITY);
                KernelFile second = KernelFile.ofPlainFile(other.energyFile(), PowercapProbe.CAPACITY)) {
            if (!first.refresh() || !second.refresh() || !first.refresh()) {
                return false;
            }
            long before = first.onlyNumber();
            second.refresh();
            long between = second.onlyNumber();
            first.refresh();
            long after = first.onlyNumber();
            return before >= 0 && before - STEP_MICROJOULES <= between && between <= after + STEP_MICROJOULES;
        }
    }
}
