/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.Reports;
import dev.wattle.core.snapshot.RunSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of runs of 600 s. */
class CoverageTextTest {

    private static final long SECOND = 1_000_000_000L;
    private static final EnergyDomain COUNTER = Reports.domain(Component.GPU, "gpu-0", Quality.COUNTER);

    @ParameterizedTest
    @CsvSource({
        "600.0, 0, '100.0 % of the wall time was sampled, no gaps'",
        "599.9, 0, '100.0 % of the wall time was sampled, no gaps'",
        "583.8, 0, '97.3 % of the wall time was sampled; 16.2 s at the start and end was not'",
        "599.9, 1, '99.9 % of the wall time was sampled'",
        "540.0, 3, '90.0 % of the wall time was sampled'"
    })
    void saysNoGapsOnlyTogetherWithAWholeCoverage(double seconds, int gaps, String text) {
        assertThat(CoverageText.of(report(covered(COUNTER, seconds, gaps, false))))
                .isEqualTo(text);
    }

    @Test
    void theTimeBeforeAnotherSourceTookOverCountsToo() {
        EnergyDomain power = Reports.domain(Component.GPU, "gpu-0", Quality.INTEGRATED);

        assertThat(CoverageText.of(report(covered(COUNTER, 300, 0, true), covered(power, 300, 0, false))))
                .isEqualTo("100.0 % of the wall time was sampled, no gaps");
    }

    private static RunSnapshot report(DeviceSnapshot... devices) {
        return Reports.of(List.of(devices), Reports.OWN_FIGURE);
    }

    private static DeviceSnapshot covered(EnergyDomain domain, double seconds, int gaps, boolean retired) {
        return new DeviceSnapshot(
                domain,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                DomainMeter.UNKNOWN,
                Math.round(seconds * SECOND),
                gaps,
                0,
                0,
                0,
                0,
                retired,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
