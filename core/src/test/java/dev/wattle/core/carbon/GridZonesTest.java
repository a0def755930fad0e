/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridZonesTest {

    private final GridZones zones = GridZones.bundled();

    @Test
    void franceIsALifecycleFigureOf2025() {
        assertThat(zones.find("FR"))
                .contains(new CarbonIntensity(
                        41.79, "FR", "France", 2025, ZoneKind.LIFECYCLE, EmissionBasis.GENERATION, "owid-2026"));
    }

    @Test
    void californiaIsADirectFigureOf2023() {
        assertThat(zones.find("US-CA"))
                .contains(new CarbonIntensity(
                        179.07, "US-CA", "California", 2023, ZoneKind.DIRECT, EmissionBasis.GENERATION, "egrid-2023"));
    }

    @Test
    void theWorldIsEmbersFigureOf2025() {
        assertThat(zones.world())
                .isEqualTo(new CarbonIntensity(
                        458, "WORLD", "World", 2025, ZoneKind.LIFECYCLE, EmissionBasis.GENERATION, "ember-ger-2026"));
    }

    @ParameterizedTest
    @CsvSource({
        "fr, FR",
        "us-ca, US-CA",
        "AWS:EU-West-3, FR",
        "azure:francecentral, FR",
        "coreweave:LGA1, US-NJ",
        "GCP:europe-west9, gcp:europe-west9"
    })
    void caseDoesNotMatter(String asked, String found) {
        assertThat(zones.find(asked).map(CarbonIntensity::zone)).contains(found);
    }

    @Test
    void aRegionWithItsProvidersFigureUsesThat() {
        assertThat(zones.find("gcp:europe-west9"))
                .contains(new CarbonIntensity(
                        16.3,
                        "gcp:europe-west9",
                        "Paris",
                        2024,
                        ZoneKind.DIRECT,
                        EmissionBasis.UNSTATED,
                        "goog-cfe-2024"));
    }

    @Test
    void aRegionWithoutItsProvidersFigureUsesItsZones() {
        assertThat(zones.find("aws:eu-west-3")).isEqualTo(zones.find("FR"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws:us-east-1",
                "azure:eastus",
                "azure:eastus2",
                "azure:usgovvirginia",
                "azure:usdodeast",
                "ovhcloud:us-east-vin"
            })
    void northernVirginiaIsTakenForTheUnitedStatesNotForItsOwnGeneration(String region) {
        assertThat(zones.find(region)).isPresent().isEqualTo(zones.find("US"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CF", "FK", "MS", "SH", "XX", "", "aws:", "eu-west-3"})
    void anUnknownZoneIsEmptyNotZero(String zone) {
        assertThat(zones.find(zone)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UK, GB",
        "France, FR",
        "germny, DE",
        "FRA, FR",
        "FR-IDF, FR",
        "US_CA, US-CA",
        "europe-west9, gcp:europe-west9",
        "ec2:eu-west-3, aws:eu-west-3",
        "aws:eu-wset-3, aws:eu-west-3",
        "azure:francecentrale, azure:francecentral"
    })
    void aTypoSuggestsWhatWasMeant(String typo, String meant) {
        assertThat(zones.suggestions(typo)).contains(meant).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void theNearestSuggestionComesFirst() {
        assertThat(zones.suggestions("eu-west-3")).startsWith("aws:eu-west-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "the cupboard under the stairs"})
    void nothingNearMeansNoSuggestion(String typo) {
        assertThat(zones.suggestions(typo)).isEmpty();
    }

    @Test
    void anEndlessTypoIsNotSearchedFor() {
        assertThat(zones.suggestions("FR-".repeat(100_000))).isEmpty();
    }

    @Test
    void aRegionsPueIsKnownWhereItsProviderPublishedOne() {
        assertThat(zones.pueOf("aws:EU-north-1")).contains(new Pue(1.1, 2024, "gsf-rtc", "aws:eu-north-1"));
        assertThat(zones.pueOf("gcp:us-central1")).contains(new Pue(1.1, 2023, "gsf-rtc", "gcp:us-central1"));
    }

    @Test
    void aRegionWithoutAPueHasThatOfAllItsProvidersRegions() {
        assertThat(zones.pueOf("aws:eu-west-3")).contains(new Pue(1.15, 2024, "aws-pue-2024", "aws"));
        assertThat(zones.pueOf("aws:eu-west-3").map(Pue::isProviderAverage)).contains(true);
        assertThat(zones.pueOf("aws:eu-west-1").map(Pue::isProviderAverage)).contains(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FR", "scaleway:fr-par", "aws", "aws:nowhere", "nowhere"})
    void noPueIsInvented(String zone) {
        assertThat(zones.pueOf(zone)).isEmpty();
    }

    @Test
    void allZonesAndRegionsCanBeListed() {
        assertThat(zones.zones()).hasSize(294).contains(zones.find("FR").orElseThrow());
        assertThat(zones.regions()).hasSize(177).allSatisfy(region -> {
            assertThat(zones.find(region.name())).contains(region.intensity());
            assertThat(zones.pueOf(region.name())).isEqualTo(region.pue());
            assertThat(zones.find(region.zone())).isPresent();
        });
    }

    @Test
    void theAverageDataCentreOfTheWorldHasAPueAndAYear() {
        assertThat(PublishedPues.bundled().find("World-Average"))
                .contains(new Pue(1.56, 2024, "uptime-2024", "world-average"));
        assertThat(PublishedPues.bundled().find("nowhere")).isEmpty();
    }
}
