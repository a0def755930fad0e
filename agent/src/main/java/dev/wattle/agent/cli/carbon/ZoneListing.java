/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CloudRegion;
import dev.wattle.core.carbon.FigureSource;
import dev.wattle.core.carbon.FigureSources;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.carbon.PublishedPues;
import dev.wattle.core.carbon.Pue;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The zones, cloud regions and PUEs that a filter selects. Immutable.
 *
 * @param filter as given; empty for everything
 * @param zones that match, and those whose figures the regions use
 * @param regions that match
 * @param pues of the providers that match, or of a facility
 */
record ZoneListing(
        String filter, List<CarbonIntensity> zones, List<CloudRegion> regions, List<PublishedPues.Entry> pues) {

    /**
     * Selects by a code, name, provider or place, in any case of letters. The code of a zone selects also its parts and the
     * regions in it; another text selects where it occurs.
     */
    static ZoneListing of(String filter) {
        Filter wanted = Filter.of(filter);
        List<CloudRegion> regions =
                GridZones.bundled().regions().stream().filter(wanted::takes).toList();
        List<CarbonIntensity> zones = GridZones.bundled().zones().stream()
                .filter(zone -> wanted.takes(zone) || regions.stream().anyMatch(region -> isOf(region, zone)))
                .toList();
        List<PublishedPues.Entry> pues = PublishedPues.bundled().all().stream()
                .filter(entry -> wanted.takes(entry)
                        || regions.stream().anyMatch(region -> region.pue().equals(Optional.of(entry.pue()))))
                .toList();
        return new ZoneListing(filter, zones, regions, pues);
    }

    boolean isEmpty() {
        return zones.isEmpty() && regions.isEmpty() && pues.isEmpty();
    }

    /** The sources of all figures, sorted by their codes. */
    List<FigureSource> sources() {
        Set<String> codes = new TreeSet<>();
        zones.forEach(zone -> codes.add(zone.source()));
        for (CloudRegion region : regions) {
            codes.add(region.intensity().source());
            region.pue().map(Pue::source).ifPresent(codes::add);
        }
        pues.forEach(entry -> codes.add(entry.pue().source()));
        return codes.stream()
                .flatMap(code -> FigureSources.bundled().find(code).stream())
                .toList();
    }

    private static boolean isOf(CloudRegion region, CarbonIntensity zone) {
        return region.intensity().zone().equals(zone.zone());
    }

    /**
     * @param text in lower case, without accents
     * @param exact whether it is the code of a zone
     */
    private record Filter(String text, boolean exact) {
        static Filter of(String filter) {
            String text = folded(filter.strip());
            boolean exact = GridZones.bundled().zones().stream()
                    .anyMatch(zone -> zone.zone().equalsIgnoreCase(text));
            return new Filter(text, exact);
        }

        boolean takes(CarbonIntensity zone) {
            return exact ? isIn(zone.zone()) : occursIn(zone.zone(), zone.zoneName());
        }

        boolean takes(CloudRegion region) {
            return exact
                    ? isIn(region.zone()) || isIn(region.intensity().zone())
                    : occursIn(region.name(), region.location());
        }

        boolean takes(PublishedPues.Entry entry) {
            return !exact && occursIn(entry.pue().scope(), entry.name());
        }

        private boolean isIn(String zone) {
            String code = zone.toLowerCase(Locale.ROOT);
            return code.equals(text) || code.startsWith(text + "-");
        }

        private boolean occursIn(String... names) {
            return Stream.of(names).anyMatch(name -> folded(name).contains(text));
        }

        /** In lower case and without accents: the tables have Zurich with and without. */
        private static String folded(String name) {
            return Normalizer.normalize(name, Normalizer.Form.NFD)
                    .replaceAll("\\p{M}+", "")
                    .toLowerCase(Locale.ROOT);
        }
    }
}
