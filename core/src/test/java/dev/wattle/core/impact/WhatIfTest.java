/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.GridZones;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private static final long ONE_KWH = 3_600_000_000_000L;

    private static CarbonSettings in(String zone, double pue) {
        return new CarbonSettings(GridZones.bundled().find(zone).orElseThrow(), pue, false);
    }

    @Test
    void theOwnZoneComesFirstAndTheOthersFromCleanToDirty() {
        List<WhatIf.Row> rows = WhatIf.zones(ONE_KWH, in("US-CA", 1.2));

        assertThat(rows)
                .extracting(row -> row.intensity().zone())
                .startsWith("US-CA")
                .endsWith("IN");
        assertThat(rows).hasSize(WhatIf.ZONES.size());
        assertThat(rows.subList(1, rows.size()))
                .isSortedAccordingTo((a, b) -> Double.compare(a.gramsCo2e(), b.gramsCo2e()));
        assertThat(rows).filteredOn(WhatIf.Row::own).hasSize(1).containsExactly(rows.get(0));
        assertThat(rows.get(0).gramsCo2e()).isCloseTo(179.07 * 1.2, within(1e-9));
    }

    @Test
    void aZoneOutsideTheSetIsAddedToIt() {
        assertThat(WhatIf.zones(ONE_KWH, in("NO", 1)))
                .hasSize(WhatIf.ZONES.size() + 1)
                .first()
                .satisfies(row -> assertThat(row.intensity().zone()).isEqualTo("NO"));
    }

    @Test
    void aRowOfAnotherKindIsMarked() {
        List<WhatIf.Row> rows = WhatIf.zones(ONE_KWH, in("FR", 1));

        assertThat(rows)
                .filteredOn(row -> !row.comparable())
                .extracting(row -> row.intensity().zone())
                .containsExactly("US-CA");
    }

    @Test
    void aFigureOfTheUsersOwnIsComparableWithNone() {
        List<WhatIf.Row> rows = WhatIf.zones(ONE_KWH, new CarbonSettings(CarbonIntensity.custom(100), 1, false));

        assertThat(rows).hasSize(WhatIf.ZONES.size() + 1);
        assertThat(rows.subList(1, rows.size())).noneMatch(WhatIf.Row::comparable);
    }

    @Test
    void theSameEnergyAtOtherPuesIsInProportion() {
        List<WhatIf.Row> rows = WhatIf.pues(ONE_KWH, in("DE", 1.2));

        assertThat(rows).extracting(WhatIf.Row::pue).containsExactly(1.2, 1.0, 1.1, 1.56);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.gramsCo2e() / row.pue())
                        .isCloseTo(row.intensity().gramsPerKwh(), within(1e-9)));
    }

    @Test
    void anUnknownZoneIsLeftOutAndOneNamedTwiceIsThereOnce() {
        assertThat(WhatIf.zones(ONE_KWH, in("FR", 1), List.of("nowhere", "PL", "pl", "aws:eu-west-3")))
                .extracting(row -> row.intensity().zone())
                .containsExactly("FR", "PL");
    }
}
