/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Selects the zones whose energies add up to the processors and their memory: each package once, and its memory.
 *
 * <p>{@code core} and {@code uncore} are left out, because a package includes them. {@code psys} is left out, because it
 * includes the packages. {@code dram} is in its package's directory, but the package's counter does not include it.
 */
final class ZoneSelection {
    private final List<Zone> all;

    ZoneSelection(List<Zone> all) {
        this.all = all;
    }

    /** The packages by number, each followed by its memory. */
    List<MeteredZone> zones() {
        List<Zone> packages = all.stream()
                .filter(Zone::isPackage)
                .filter(zone -> !hasBetterView(zone))
                .sorted(Comparator.comparingInt(Zone::packageNumber).thenComparingInt(Zone::dieNumber))
                .toList();
        List<MeteredZone> chosen = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Zone candidate : packages) {
            if (names.add(candidate.name())) {
                chosen.add(MeteredZone.ofPackage(candidate));
                all.stream()
                        .filter(zone -> zone.isDram() && zone.isChildOf(candidate))
                        .findFirst()
                        .ifPresent(dram -> chosen.add(MeteredZone.ofMemory(dram, candidate)));
            }
        }
        return chosen;
    }

    /** Whether another zone has the package's energy too and is read instead. */
    private boolean hasBetterView(Zone zone) {
        return all.stream()
                .filter(Zone::isPackage)
                .filter(other -> other.packageNumber() == zone.packageNumber())
                .anyMatch(other -> (zone.isMmio() && !other.isMmio())
                        || (zone.isMmio() == other.isMmio() && zone.dieNumber() >= 0 && other.dieNumber() < 0));
    }
}
