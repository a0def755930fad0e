/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Component;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds die zones that all show their socket's one counter, as AMD's multi-die packages do: 68 W and 68 W were read
 * where the wall said 125 W (CodeCarbon's documentation, 2025).
 *
 * <p>Two zones share a counter if one, read between two readings of the other, lies between them or no further off than
 * a counter's step, in a range of 65 kJ and more. Dies that come so close by chance, each with a counter of its own, do
 * not stay so close: whoever wants to know looks twice.
 */
final class MirroredDies {
    /** A counter moves about every millisecond, each zone's view of it at its own instant: half a joule at 500 W. */
    private static final long STEP_MICROJOULES = 500_000;

    private MirroredDies() {}

    /** The zones among {@code zones} that repeat an earlier zone of their package; a list of the caller's own. */
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
