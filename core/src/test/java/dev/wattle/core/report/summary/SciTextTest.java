/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EmbodiedSettings;
import dev.wattle.core.carbon.IntensityHistory;
import dev.wattle.core.carbon.Pue;
import dev.wattle.core.epoch.ReportedWork;
import dev.wattle.core.impact.EmbodiedShare;
import dev.wattle.core.impact.SciScore;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.snapshot.RunSci;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SciTextTest {

    private static final RunUnits UNITS =
            RunUnits.of(3_600_000_000_000L, new CarbonSettings(CarbonIntensity.custom(85), 1, false));
    private static final long HOUR = 3_600_000_000_000L;

    @Test
    void theScoreNamesItsPartsItsUnitsAndWhereTheEmbodiedPartComesFrom() {
        EmbodiedShare server = new EmbodiedShare(1_000, HOUR, 4, 0.5, List.of("the machine, as configured"));

        String text = SciText.of(new RunSci(new SciScore(85.73, server), 10, 50_000, ReportedWork.NONE), UNITS);

        assertThat(text)
                .contains("100.00 g CO2e for the run", "85.73 g operational", "14.27 g embodied", "10.00 g per epoch")
                .contains(
                        "per 1,000 samples", "ISO/IEC 21031:2024", "the machine, as configured", "1000 kg over 4 years")
                .contains("share 0.5.");
    }

    @Test
    void anUnknownUnitIsLeftOut() {
        EmbodiedShare server = new EmbodiedShare(1_000, HOUR, 4, 1, List.of("the machine, as configured"));

        assertThat(SciText.of(new RunSci(new SciScore(85.73, server), 0, 0, ReportedWork.NONE), UNITS))
                .doesNotContain("epoch", "samples", "share", "NaN");
    }

    @Test
    void aProvidersPueIsOfferedWithItsYearAndNotApplied() {
        CarbonSettings carbon = new CarbonSettings(
                CarbonIntensity.custom(100),
                1,
                false,
                IntensityHistory.of(CarbonIntensity.custom(100)),
                Optional.of(new Pue(1.15, 2024, "aws-pue-2024", "aws")),
                EmbodiedSettings.OFF);

        assertThat(SciText.publishedPue(carbon))
                .contains(
                        "the provider states 1.15 for all its regions (2024), which is not applied; pue=1.15 applies it");
        assertThat(SciText.publishedPue(CarbonSettings.worldDefault())).isEmpty();
    }
}
