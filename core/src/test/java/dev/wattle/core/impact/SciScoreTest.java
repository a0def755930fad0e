/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SciScoreTest {

    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void anHourOfAServerOfATonneThatLivesFourYearsIsTheExampleOfTheSpecification() {
        EmbodiedShare server = new EmbodiedShare(1_000, HOUR, 4, 1, List.of());

        assertThat(server.gramsCo2e()).isCloseTo(28.5, within(0.05));
    }

    @Test
    void aPartOfTheServerIsChargedWithItsPart() {
        assertThat(new EmbodiedShare(1_000, HOUR, 4, 0.25, List.of()).gramsCo2e())
                .isCloseTo(new EmbodiedShare(1_000, HOUR, 4, 1, List.of()).gramsCo2e() / 4, within(1e-9));
    }

    @Test
    void aWholeLifeIsChargedWithTheWhole() {
        assertThat(new EmbodiedShare(150, 4 * 365 * 24 * HOUR, 4, 1, List.of()).gramsCo2e())
                .isCloseTo(150_000, within(1e-6));
    }

    @Test
    void theScoreAddsBothPartsAndDividesByTheFunctionalUnit() {
        EmbodiedShare server = new EmbodiedShare(1_000, HOUR, 4, 1, List.of());
        SciScore score = new SciScore(71.5, server);

        assertThat(score.grams()).isCloseTo(100, within(0.05));
        assertThat(score.gramsPer(20)).isCloseTo(5, within(0.003));
        assertThat(score.gramsPer(0)).isNaN();
    }
}
