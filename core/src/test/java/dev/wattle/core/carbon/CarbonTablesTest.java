/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.core.file.TsvTable;
import dev.wattle.core.impact.Equivalences;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarbonTablesTest {

    private final List<TsvTable.Row> zones = TsvTable.load(GridZones.class, "zones.tsv");
    private final List<TsvTable.Row> regions = TsvTable.load(GridZones.class, "cloud-regions.tsv");
    private final List<TsvTable.Row> pues = TsvTable.load(GridZones.class, "pue.tsv");
    private final List<TsvTable.Row> sources = TsvTable.load(GridZones.class, "sources.tsv");

    @Test
    void theTablesAreWhole() {
        assertThat(zones).hasSize(294);
        assertThat(regions).hasSize(177);
    }

    @Test
    void everyZoneHasAPlausibleFigureOfAKnownKind() {
        assertThat(zones).allSatisfy(row -> {
            assertThat(row.number("grams_co2e_per_kwh"))
                    .isGreaterThan(0)
                    .isLessThanOrEqualTo(CarbonIntensity.MAX_GRAMS_PER_KWH);
            assertThat(row.whole("year")).isBetween(2020, 2026);
            assertThat(row.text("kind")).isIn(ZoneKind.LIFECYCLE.tag(), ZoneKind.DIRECT.tag());
            assertThat(row.text("basis")).isIn(EmissionBasis.GENERATION.tag(), EmissionBasis.CONSUMPTION.tag());
            assertThat(row.text("name")).isNotBlank();
        });
    }

    @Test
    void nothingIsThereTwiceAndEachIsFoundInEitherCase() {
        Set<String> names = new HashSet<>();
        zones.forEach(row -> names.add(row.text("zone").toLowerCase(Locale.ROOT)));
        regions.forEach(row -> names.add((row.text("provider") + ":" + row.text("region")).toLowerCase(Locale.ROOT)));

        assertThat(names)
                .hasSize(zones.size() + regions.size())
                .allSatisfy(name -> assertThat(GridZones.bundled().find(name)).isPresent())
                .allSatisfy(name -> assertThat(GridZones.bundled().find(name.toUpperCase(Locale.ROOT)))
                        .isPresent());
    }

    @Test
    void artefactsOfTinyGridsAreLeftOut() {
        assertThat(zones).extracting(row -> row.text("zone")).doesNotContain("CF", "FK", "MS", "SH");
    }

    @Test
    void everyRegionsZoneExists() {
        Set<String> known = new HashSet<>();
        zones.forEach(row -> known.add(row.text("zone")));

        assertThat(regions).allSatisfy(row -> assertThat(known).contains(row.text("zone")));
    }

    @Test
    void aRegionsOwnFigureComesWithYearKindAndSource() {
        assertThat(regions).allSatisfy(row -> {
            boolean own = row.has("own_grams_co2e_per_kwh");
            assertThat(row.has("own_year")).isEqualTo(own);
            assertThat(row.has("own_kind")).isEqualTo(own);
            assertThat(row.has("own_source")).isEqualTo(own);
            assertThat(row.has("pue_year")).isEqualTo(row.has("pue"));
            assertThat(row.has("pue_source")).isEqualTo(row.has("pue"));
        });
    }

    @Test
    void everyPublishedPueIsPlausibleAndHasAYear() {
        assertThat(pues).extracting(TsvTable.Row::first).isSorted().doesNotHaveDuplicates();
        assertThat(pues).allSatisfy(row -> {
            assertThat(row.fields()).noneMatch(String::isBlank);
            assertThat(row.number("pue")).isBetween(1.0, 2.0);
            assertThat(row.whole("year")).isBetween(2018, 2026);
        });
    }

    @Test
    void everySourceUsedIsDeclaredAndEveryDeclaredOneIsUsed() {
        Set<String> used = new TreeSet<>();
        zones.forEach(row -> used.add(row.text("source")));
        for (TsvTable.Row row : regions) {
            used.add(row.text("region_source"));
            for (String column : List.of("own_source", "pue_source")) {
                if (row.has(column)) {
                    used.add(row.text(column));
                }
            }
        }

        pues.forEach(row -> used.add(row.text("source")));
        for (String table : List.of("equivalences.tsv", "embodied.tsv")) {
            TsvTable.load(Equivalences.class, table).forEach(row -> used.add(row.text("source")));
        }

        assertThat(sources).extracting(row -> row.text("code")).containsExactlyElementsOf(used);
    }

    @Test
    void everySourceHasATitleAPublisherAYearAndALicence() {
        assertThat(sources).allSatisfy(row -> {
            assertThat(row.fields()).noneMatch(String::isBlank);
            assertThat(row.whole("year")).isBetween(2018, 2026);
        });
    }

    @Test
    void rowsAreSortedByTheirKeysAndNoneIsThereTwice() {
        assertThat(zones).extracting(row -> row.text("zone")).isSorted().doesNotHaveDuplicates();
        // A space sorts before every character of an id, so the joined key sorts by provider first.
        assertThat(regions)
                .extracting(row -> row.text("provider") + " " + row.text("region"))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zones.tsv", "cloud-regions.tsv", "pue.tsv", "sources.tsv"})
    void filesEndLinesWithLfAloneAndUseNoQuotes(String resource) throws IOException {
        try (InputStream stream = CarbonTablesTest.class.getResourceAsStream(resource)) {
            assertThat(stream).isNotNull();
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("# ")
                    .endsWith("\n")
                    .doesNotContain("\r", "\"");
        }
    }

    @Test
    void aLineWithTooFewFieldsIsNamed() {
        BufferedReader table = new BufferedReader(new StringReader("# a table\nzone\tname\nFR\tFrance\nDE\n"));

        assertThatThrownBy(() -> TsvTable.parse("zones.tsv", table))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("zones.tsv line 4: 1 fields, not 2");
    }

    @Test
    void aRegionInAnUnknownZoneIsRefused() throws IOException {
        List<TsvTable.Row> onlyTheWorld = rows("""
                zone\tname\tgrams_co2e_per_kwh\tyear\tkind\tbasis\tsource
                WORLD\tWorld\t458\t2025\tlifecycle\tgeneration\tember
                """);
        List<TsvTable.Row> region = rows("""
                provider\tregion\tlocation\tzone\town_grams_co2e_per_kwh\tpue
                aws\teu-west-3\tParis\tFR\t\t
                """);

        GridZones zones = new GridZones(onlyTheWorld, () -> region);

        assertThatThrownBy(() -> zones.find("aws:eu-west-3")).hasMessage("table line 2: no zone FR");
    }

    private static List<TsvTable.Row> rows(String table) throws IOException {
        return TsvTable.parse("table", new BufferedReader(new StringReader(table)));
    }
}
