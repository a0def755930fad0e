/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesCommandTest {

    private record Result(int code, String out, String err) {
        List<String> rows() {
            return out.lines().toList();
        }
    }

    private static Result zones(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = ZonesCommand.run(
                words,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aZoneHasItsFigureWithYearKindBasisAndSource() {
        Result france = zones("fr");

        assertThat(france.code()).isZero();
        assertThat(france.err()).isEmpty();
        assertThat(france.rows())
                .contains(
                        "ZONE  G/KWH  YEAR  KIND       BASIS       SOURCE     NAME",
                        "FR    41.79  2025  lifecycle  generation  owid-2026  France")
                .anyMatch(row -> row.matches("aws:eu-west-3 +41\\.79  2025  lifecycle  FR +1\\.15\\*  2024  Paris"))
                .anyMatch(row -> row.matches("gcp:europe-west9 +16\\.30  2024  direct +goog-cfe-2024 .* Paris"))
                .anyMatch(row -> row.startsWith("owid-2026 "))
                .noneMatch(row -> row.startsWith("GB "));
    }

    @Test
    void theCodeOfACountrySelectsItsPartsToo() {
        assertThat(zones("CA").rows())
                .anyMatch(row -> row.matches("CA +\\d.*Canada"))
                .anyMatch(row -> row.matches("CA-QC +1\\.70  2022  direct .*Quebec"))
                .anyMatch(row -> row.startsWith("aws:ca-central-1 "))
                .noneMatch(row -> row.startsWith("US-CA "));
    }

    @ParameterizedTest
    @CsvSource({
        "France, FR",
        "fRaNcE, FR",
        "zurich, gcp:europe-west6",
        "ZÜRICH, aws:eu-central-2",
        "new york, US-NY",
        "scaleway, scaleway:fr-par",
        "scaleway, PL",
        "us-central1, gcp:us-central1",
        "jean zay, idris-jean-zay"
    })
    void aPartOfANameAPlaceOrAProviderSelects(String filter, String row) {
        assertThat(zones(filter.split(" ")).rows()).anyMatch(line -> line.startsWith(row + " "));
    }

    @Test
    void withoutAFilterAllZonesRegionsAndPuesAreListed() {
        Result all = zones();

        assertThat(all.code()).isZero();
        assertThat(all.rows().indexOf("")).isEqualTo(1 + 294);
        assertThat(all.rows().stream().filter(row -> row.matches("[a-z]+:[a-z0-9-]+ .*")))
                .hasSize(177);
        assertThat(all.out()).contains("world-average ");
    }

    @Test
    void mostLinesFitAWindowOfAHundredColumns() {
        List<String> rows = zones().rows();

        assertThat(rows).allSatisfy(row -> assertThat(row.length()).isLessThanOrEqualTo(125));
        assertThat(rows.stream().filter(row -> row.length() > 100).count()).isLessThan(rows.size() / 20L);
    }

    @Test
    void anUnknownNameIsOneLineWithWhatMayBeMeant() {
        Result typo = zones("Frnace");

        assertThat(typo.code()).isEqualTo(1);
        assertThat(typo.out()).isEmpty();
        assertThat(typo.err()).isEqualTo("wattle: no zone or region matches 'Frnace'; did you mean FR?\n");
    }

    @Test
    void aHostileNameIsShownWithoutItsControlCharacters() {
        assertThat(zones("\u001b[31mred\nalert").err()).doesNotContain("\u001b").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--jsn", "-f"})
    void anUnknownOptionIsWrongUsage(String option) {
        Result wrong = zones(option, "FR");

        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains(option).hasLineCount(1);
    }

    @Test
    void theJsonOfEachFigureNamesASourceThatIsInTheDocument() {
        JsonObject all = JsonParser.parseString(zones("--json").out()).getAsJsonObject();

        Set<String> sources = new HashSet<>();
        all.getAsJsonArray("sources")
                .forEach(source ->
                        sources.add(source.getAsJsonObject().get("code").getAsString()));
        assertThat(all.getAsJsonArray("zones")).hasSize(294);
        assertThat(all.getAsJsonArray("regions")).hasSize(177);
        for (String list : List.of("zones", "regions", "pues")) {
            for (JsonElement element : all.getAsJsonArray(list)) {
                JsonObject row = element.getAsJsonObject();
                assertThat(sources).contains(row.get("source").getAsString());
                assertThat(row.get("year").getAsInt()).isBetween(2018, 2026);
            }
        }
    }

    @Test
    void theJsonOfARegionHasTheFigureAndThePueOfItsProvider() {
        JsonObject found =
                JsonParser.parseString(zones("gcp:us-central1", "--json").out()).getAsJsonObject();

        JsonObject region = found.getAsJsonArray("regions").get(0).getAsJsonObject();
        assertThat(region.get("region").getAsString()).isEqualTo("gcp:us-central1");
        assertThat(region.get("zone").getAsString()).isEqualTo("US-IA");
        assertThat(region.get("figure_of").getAsString()).isEqualTo("gcp:us-central1");
        assertThat(region.getAsJsonObject("pue").get("value").getAsDouble()).isEqualTo(1.1);
        assertThat(region.getAsJsonObject("pue").get("scope").getAsString()).isEqualTo("gcp:us-central1");
    }
}
