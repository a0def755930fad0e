/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarbonSettingsTest {

    private static final double GRAMS_PER_POUND = 453.59237;

    @Test
    void reproducesTheNeuralArchitectureSearchOfStrubell2019() {
        // arXiv 1906.02243, table 3: 656,347 kWh, PUE 1.58 already in them, at 0.954 lb per kWh is 626,155 lb.
        CarbonSettings settings = new CarbonSettings(CarbonIntensity.custom(0.954 * GRAMS_PER_POUND), 1, false);

        double pounds = settings.gramsCo2e(656_347L * 3_600_000_000_000L) / GRAMS_PER_POUND;

        assertThat(settings.intensity().gramsPerKwh()).isCloseTo(432.727, within(0.0005));
        assertThat(Math.round(pounds)).isEqualTo(626_155);
    }

    @Test
    void oneKilowattHourInFranceWithOverheadIsItsIntensityTimesPue() {
        CarbonIntensity france = GridZones.bundled().find("FR").orElseThrow();

        assertThat(new CarbonSettings(france, 1.2, false).gramsCo2e(3_600_000_000_000L))
                .isCloseTo(41.79 * 1.2, within(1e-9));
    }

    @Test
    void theDefaultIsTheWorldWithoutOverheadAndSaysSo() {
        CarbonSettings settings = CarbonSettings.worldDefault();

        assertThat(settings).isEqualTo(new CarbonSettings(GridZones.bundled().world(), 1, true));
    }

    @Test
    void onlyTheWorldsFigureIsTheWorldsAverage() {
        CarbonIntensity mine = CarbonIntensity.custom(50);

        assertThatIllegalArgumentException().isThrownBy(() -> new CarbonSettings(mine, 1, true));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.99, 10.01, 120, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aPueThatNoFacilityHasIsRefused(double pue) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CarbonSettings(CarbonIntensity.custom(50), pue, false))
                .withMessageContaining("is not from 1.0 to 10.0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 2000.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anIntensityThatNoGridHasIsRefused(double gramsPerKwh) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CarbonIntensity.custom(gramsPerKwh))
                .withMessageContaining("is not from 0 to 2000 ");
    }

    @Test
    void aFigureOfTheUsersClaimsNoYearKindOrBasis() {
        assertThat(CarbonIntensity.custom(0))
                .isEqualTo(new CarbonIntensity(
                        0, "custom", "given by the user", 0, ZoneKind.UNSTATED, EmissionBasis.UNSTATED, "user"));
    }
}
