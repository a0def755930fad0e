/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestWordTest {
    private static final List<String> KNOWN = List.of(
            "interval", "http", "http-hosts", "zone", "carbon-intensity", "pue", "run", "budget", "report", "compare");

    @ParameterizedTest
    @CsvSource({
        "intervall, interval",
        "zonee, zone",
        "Zone, zone",
        "reprot, report",
        "pu, pue",
        "carbon_intensity, carbon-intensity",
        "intensity, carbon-intensity",
        "budgets-of-today, budget",
        "htpp, http"
    })
    void findsTheWordThatWasMeant(String typo, String meant) {
        assertThat(NearestWord.of(typo, KNOWN)).isEqualTo(meant);
        assertThat(NearestWord.question(typo, KNOWN)).isEqualTo(" did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "elephant", "q-q-q", "\u001b[2J"})
    void findsNothingWhereNoWordIsNear(String typo) {
        assertThat(NearestWord.of(typo, KNOWN)).isNull();
        assertThat(NearestWord.question(typo, KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {49, 1_000_000})
    void takesNoTimeForATextThatIsNoWord(int length) {
        assertThat(NearestWord.of("z".repeat(length), KNOWN)).isNull();
    }
}
