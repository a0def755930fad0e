/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses the zones whose energies add up to the processors and their memory: every package once, and each package's
 * own memory.
 *
 * <p>Left out, because their energy is already in a package: {@code core} and {@code uncore}. Left out, because it
 * holds the packages: {@code psys}. {@code dram} lies in its package's directory and yet its energy does not lie in
 * the package's counter.
 */
final class ZoneSelection {
    private final List<Zone> all;

    ZoneSelection(List<Zone> all) {
        this.all = all;
    }

    /** Packages by number, each followed by its memory. */
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

    /** Whether the package's energy is also in another zone that is to be read instead. */
    private boolean hasBetterView(Zone zone) {
        return all.stream()
                .filter(Zone::isPackage)
                .filter(other -> other.packageNumber() == zone.packageNumber())
                .anyMatch(other -> (zone.isMmio() && !other.isMmio())
                        || (zone.isMmio() == other.isMmio() && zone.dieNumber() >= 0 && other.dieNumber() < 0));
    }
}
