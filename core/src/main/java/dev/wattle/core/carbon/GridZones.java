/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import dev.wattle.core.file.TsvTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The grid zones and cloud regions whose carbon intensity is known, from this package's tables.
 *
 * <p>A zone is an ISO 3166 country ({@code FR}), a state or province of the United States, Canada or Australia ({@code
 * US-CA}), a larger area ({@code EU}, {@code R-ASIA}, {@code WORLD}), or a cloud region ({@code aws:eu-west-3}). Case
 * does not matter. A zone without a usable figure is unknown, not zero.
 *
 * <p>Immutable and thread-safe; the tables are read once, at first use.
 */
public final class GridZones {

    /** The zone that stands for the whole world. */
    public static final String WORLD = "WORLD";

    private final Map<String, CarbonIntensity> intensities = new HashMap<>();
    private final Map<String, Pue> pues = new HashMap<>();
    private final ZoneSuggestions suggestions;
    private final CarbonIntensity world;

    /** The zones that come with Wattle. */
    public static GridZones bundled() {
        return Bundled.ZONES;
    }

    /**
     * The carbon intensity of a zone or cloud region. A region whose provider publishes a figure has that one; any
     * other has that of the zone it lies in, and then {@link CarbonIntensity#zone()} names that zone.
     *
     * @return empty where the zone is unknown or has no usable figure
     */
    public Optional<CarbonIntensity> find(String zone) {
        return Optional.ofNullable(intensities.get(key(zone)));
    }

    /** The world's average. */
    public CarbonIntensity world() {
        return world;
    }

    /** Up to five known zones that someone who wrote this may have meant, nearest first; none where nothing is near. */
    public List<String> suggestions(String typo) {
        return suggestions.nearest(typo);
    }

    /**
     * The PUE a cloud region's provider published. It is for a hint to the user; nothing here applies it.
     *
     * @return empty where the zone is no cloud region or its provider published none
     */
    public Optional<Pue> pueOf(String zone) {
        return Optional.ofNullable(pues.get(key(zone)));
    }

    GridZones(List<TsvTable.Row> zones, List<TsvTable.Row> regions) {
        List<ZoneSuggestions.Candidate> candidates = new ArrayList<>();
        for (TsvTable.Row row : zones) {
            String zone = row.text("zone");
            CarbonIntensity intensity = new CarbonIntensity(
                    row.number("grams_co2e_per_kwh"),
                    zone,
                    row.text("name"),
                    row.whole("year"),
                    Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                    Basis.valueOf(row.text("basis").toUpperCase(Locale.ROOT)),
                    row.text("source"));
            add(zone, intensity, row);
            candidates.add(new ZoneSuggestions.Candidate(zone, intensity.zoneName()));
        }
        world = Objects.requireNonNull(intensities.get(key(WORLD)), WORLD);
        for (TsvTable.Row row : regions) {
            String region = String.join(":", row.text("provider"), row.text("region"));
            add(region, intensityOf(region, row), row);
            if (row.has("pue")) {
                pues.put(key(region), new Pue(row.number("pue"), row.whole("pue_year"), row.text("pue_source")));
            }
            candidates.add(new ZoneSuggestions.Candidate(region, row.text("location")));
        }
        suggestions = new ZoneSuggestions(candidates);
    }

    private CarbonIntensity intensityOf(String region, TsvTable.Row row) {
        CarbonIntensity ofItsZone = intensities.get(key(row.text("zone")));
        if (ofItsZone == null) {
            throw new IllegalStateException(row.place() + ": no zone " + row.text("zone"));
        }
        if (!row.has("own_grams_co2e_per_kwh")) {
            return ofItsZone;
        }
        return new CarbonIntensity(
                row.number("own_grams_co2e_per_kwh"),
                region,
                row.text("location"),
                row.whole("own_year"),
                Kind.valueOf(row.text("own_kind").toUpperCase(Locale.ROOT)),
                Basis.UNSTATED,
                row.text("own_source"));
    }

    private void add(String zone, CarbonIntensity intensity, TsvTable.Row row) {
        if (intensities.put(key(zone), intensity) != null) {
            throw new IllegalStateException(row.place() + ": " + zone + " is there twice");
        }
    }

    private static String key(String zone) {
        return zone.toLowerCase(Locale.ROOT);
    }

    private static final class Bundled {
        static final GridZones ZONES = new GridZones(
                TsvTable.load(GridZones.class, "zones.tsv"), TsvTable.load(GridZones.class, "cloud-regions.tsv"));
    }
}
