/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import dev.wattle.core.file.TsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The grid zones and cloud regions whose carbon intensity is known, from this package's tables.
 *
 * <p>A zone is an ISO 3166 country ({@code FR}), a state or province of the United States, Canada or Australia ({@code
 * US-CA}), a larger area ({@code EU}, {@code R-ASIA}, {@code WORLD}), or a cloud region ({@code aws:eu-west-3}). Case
 * does not matter. A zone without a usable figure is unknown, not zero.
 *
 * <p>Immutable and thread-safe. A run needs one zone, so a lookup scans the tables, without an index; the table of regions is
 * loaded when a region is looked up.
 */
public final class GridZones {

    /** The zone that stands for the whole world. */
    public static final String WORLD = "WORLD";

    private final List<TsvTable.Row> zones;
    private final Supplier<List<TsvTable.Row>> regions;

    GridZones(List<TsvTable.Row> zones, Supplier<List<TsvTable.Row>> regions) {
        this.zones = zones;
        this.regions = regions;
    }

    /** The zones of Wattle's own tables. */
    public static GridZones bundled() {
        return Bundled.ZONES;
    }

    /**
     * The carbon intensity of a zone or cloud region. For a region, this is the figure that its provider publishes; without
     * one it is that of the zone around it, and {@link CarbonIntensity#zone()} names that zone.
     *
     * @return empty where the zone is unknown or has no usable figure
     */
    public Optional<CarbonIntensity> find(String zone) {
        for (TsvTable.Row row : zones) {
            if (row.first().equalsIgnoreCase(zone)) {
                return Optional.of(ofZone(row));
            }
        }
        return region(zone).map(this::ofRegion);
    }

    /** The world average. */
    public CarbonIntensity world() {
        return find(WORLD).orElseThrow();
    }

    /** Up to five known zones with similar names, nearest first. */
    public List<String> suggestions(String typo) {
        List<ZoneSuggestions.Candidate> candidates = new ArrayList<>();
        for (TsvTable.Row row : zones) {
            candidates.add(new ZoneSuggestions.Candidate(row.first(), row.text("name")));
        }
        for (TsvTable.Row row : regions.get()) {
            candidates.add(new ZoneSuggestions.Candidate(regionName(row), row.text("location")));
        }
        return new ZoneSuggestions(candidates).nearest(typo);
    }

    /**
     * The PUE that a cloud region's provider published for it, else the one that it published for all its regions, as a hint for
     * the user. It is not applied to any figure.
     *
     * @return empty where the zone is not a known cloud region or its provider published none
     */
    public Optional<Pue> pueOf(String zone) {
        return region(zone).flatMap(GridZones::pueOf);
    }

    /** All zones, without cloud regions, sorted by their codes. */
    public List<CarbonIntensity> zones() {
        return zones.stream().map(GridZones::ofZone).toList();
    }

    /** All cloud regions, sorted by provider and region. */
    public List<CloudRegion> regions() {
        return regions.get().stream()
                .map(row -> new CloudRegion(
                        row.first(),
                        row.text("region"),
                        row.text("location"),
                        row.text("zone"),
                        ofRegion(row),
                        pueOf(row)))
                .toList();
    }

    private static CarbonIntensity ofZone(TsvTable.Row row) {
        return new CarbonIntensity(
                row.number("grams_co2e_per_kwh"),
                row.first(),
                row.text("name"),
                row.whole("year"),
                ZoneKind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                EmissionBasis.valueOf(row.text("basis").toUpperCase(Locale.ROOT)),
                row.text("source"));
    }

    private CarbonIntensity ofRegion(TsvTable.Row row) {
        if (!row.has("own_grams_co2e_per_kwh")) {
            String zone = row.text("zone");
            return find(zone).orElseThrow(() -> new IllegalStateException(row.place() + ": no zone " + zone));
        }
        return new CarbonIntensity(
                row.number("own_grams_co2e_per_kwh"),
                regionName(row),
                row.text("location"),
                row.whole("own_year"),
                ZoneKind.valueOf(row.text("own_kind").toUpperCase(Locale.ROOT)),
                EmissionBasis.UNSTATED,
                row.text("own_source"));
    }

    private static Optional<Pue> pueOf(TsvTable.Row row) {
        if (!row.has("pue")) {
            return PublishedPues.bundled().find(row.first());
        }
        return Optional.of(new Pue(row.number("pue"), row.whole("pue_year"), row.text("pue_source"), regionName(row)));
    }

    private Optional<TsvTable.Row> region(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String provider = name.substring(0, colon);
        for (TsvTable.Row row : regions.get()) {
            if (row.first().equalsIgnoreCase(provider) && regionName(row).equalsIgnoreCase(name)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private static String regionName(TsvTable.Row row) {
        return row.first() + ":" + row.text("region");
    }

    private static final class Bundled {
        static final GridZones ZONES = new GridZones(
                TsvTable.load(GridZones.class, "zones.tsv"), () -> TsvTable.load(GridZones.class, "cloud-regions.tsv"));
    }
}
