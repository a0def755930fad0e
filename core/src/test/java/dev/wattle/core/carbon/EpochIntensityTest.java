/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.carbon.IntensityHistory.Step;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.Epochs;
import dev.wattle.core.epoch.IntensityPart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An epoch's CO2e is that of its parts, also after epochs are merged. */
class EpochIntensityTest {
    private static final double JOULES_PER_KWH = 3.6e6;
    private static final CarbonSettings CARBON = new CarbonSettings(CarbonIntensity.custom(50), 2, false)
            .with(step(100), false, Map.of())
            .with(step(400), false, Map.of());

    @Test
    void anEpochWithoutPartsHasTheFirstIntensity() {
        assertThat(CARBON.gramsCo2e(epoch(JOULES_PER_KWH, List.of()))).isCloseTo(2 * 50, within(1e-9));
    }

    @Test
    void eachPartHasItsOwnIntensity() {
        EpochRecord epoch = epoch(
                JOULES_PER_KWH,
                List.of(new IntensityPart(1, 2_700_000_000_000L), new IntensityPart(2, 900_000_000_000L)));
        assertThat(CARBON.gramsCo2e(epoch)).isCloseTo(2 * (0.75 * 100 + 0.25 * 400), within(1e-9));
    }

    @Test
    void mergedEpochsEmitWhatTheyEmittedOneByOne() {
        EpochRecord first = epoch(JOULES_PER_KWH, List.of());
        EpochRecord second = epoch(
                2 * JOULES_PER_KWH,
                List.of(new IntensityPart(0, 3_600_000_000_000L), new IntensityPart(1, 3_600_000_000_000L)));
        EpochRecord third = epoch(JOULES_PER_KWH, List.of(new IntensityPart(1, 3_600_000_000_000L)));
        EpochRecord merged = first.and(second).and(third);
        assertThat(merged.intensityParts())
                .containsExactly(new IntensityPart(0, 7_200_000_000_000L), new IntensityPart(1, 7_200_000_000_000L));
        assertThat(CARBON.gramsCo2e(merged))
                .isCloseTo(CARBON.gramsCo2e(first) + CARBON.gramsCo2e(second) + CARBON.gramsCo2e(third), within(1e-9));
    }

    private static EpochRecord epoch(double joules, List<IntensityPart> parts) {
        EpochRecord plain =
                new Epochs(1).add(1, joules, 1, 0.5, Map.of(), 0).list().get(0);
        return new EpochRecord(
                plain.training(),
                plain.framework(),
                plain.first(),
                plain.last(),
                plain.started(),
                plain.startNanos(),
                plain.nanos(),
                plain.microjoules(),
                plain.insideMicrojoules(),
                plain.validationMicrojoules(),
                plain.sinceLastMicrojoules(),
                plain.iterations(),
                plain.samples(),
                plain.loss(),
                plain.metrics(),
                plain.belowResolution(),
                plain.shared(),
                plain.incomplete(),
                parts);
    }

    private static Step step(double gramsPerKwh) {
        return new Step(Instant.EPOCH, CarbonIntensity.custom(gramsPerKwh), true, false, 0);
    }
}
