/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EmbodiedSettings;
import dev.wattle.core.carbon.EmissionBasis;
import dev.wattle.core.carbon.IntensityHistory;
import dev.wattle.core.carbon.ZoneKind;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunSciTest {

    private static final EmbodiedSettings AUTO = new EmbodiedSettings(OptionalDouble.empty(), true, 4, 1);
    private static final CarbonIntensity INTENSITY = CarbonIntensity.custom(400);
    private static final long ONE_KWH = 3_600_000_000_000L;

    private static CarbonSettings carbon(EmbodiedSettings embodied) {
        return new CarbonSettings(INTENSITY, 1.25, false, IntensityHistory.of(INTENSITY), Optional.empty(), embodied);
    }

    private static DeviceSnapshot gpu(String device, String name) {
        EnergyDomain domain = new EnergyDomain(
                Component.GPU, device, name, "", Quality.COUNTER, Scope.MACHINE, "here", new Sensor.Counter(0));
        return Reports.device(domain, ONE_KWH, 1);
    }

    private static DeviceSnapshot cpu() {
        return Reports.device(Reports.domain(Component.CPU, "package-0", Quality.COUNTER), ONE_KWH, 1);
    }

    @Test
    void theAcceleratorsOfTheRunCountWithTheirPublishedFigures() {
        RunSnapshot run =
                Reports.of(List.of(cpu(), gpu("gpu-0", "NVIDIA H200"), gpu("gpu-1", "NVIDIA H200")), carbon(AUTO));

        RunSci sci = RunSci.of(run).orElseThrow();

        double tenMinutesOfFourYears = 600 / (4 * 365 * 24 * 3_600.0);
        assertThat(sci.score().operationalGrams()).isCloseTo(3 * 400 * 1.25, within(1e-6));
        assertThat(sci.score().embodied().gramsCo2e()).isCloseTo(2 * 364_000 * tenMinutesOfFourYears, within(1e-6));
        assertThat(sci.score().embodied().basis()).containsExactly("2 x NVIDIA H200, 364 kg (EcoLogits, 2026)");
    }

    @Test
    void anAcceleratorThatIsReadInTwoWaysCountsOnce() {
        RunSnapshot run = Reports.of(List.of(gpu("gpu-0", "NVIDIA H200"), gpu("gpu-0", "NVIDIA H200")), carbon(AUTO));

        assertThat(RunSci.of(run).orElseThrow().score().embodied().kgCo2e()).isEqualTo(364);
    }

    @Test
    void oneAcceleratorWithoutAFigureLeavesTheScoreUnknownAndNotTooLow() {
        assertThat(RunSci.of(Reports.of(List.of(gpu("gpu-0", "NVIDIA H200"), gpu("gpu-1", "Tesla T4")), carbon(AUTO))))
                .isEmpty();
    }

    @Test
    void withoutAcceleratorsOrWithoutTheWishThereIsNoScore() {
        assertThat(RunSci.of(Reports.of(List.of(cpu()), carbon(AUTO)))).isEmpty();
        assertThat(RunSci.of(Reports.of(List.of(gpu("gpu-0", "NVIDIA H200")), carbon(EmbodiedSettings.OFF))))
                .isEmpty();
        assertThat(RunSci.of(Reports.of(List.of(), carbon(AUTO)))).isEmpty();
    }

    @Test
    void aFigureOfTheUsersOwnNeedsNoAccelerator() {
        EmbodiedSettings given = new EmbodiedSettings(OptionalDouble.of(2_500), false, 6, 0.5);

        RunSci sci = RunSci.of(Reports.of(List.of(cpu()), carbon(given))).orElseThrow();

        assertThat(sci.score().embodied().gramsCo2e())
                .isCloseTo(2_500_000 * 600 / (6 * 365 * 24 * 3_600.0) * 0.5, within(1e-6));
        assertThat(sci.gramsPerEpoch()).isNaN();
        assertThat(sci.gramsPerThousandSamples()).isNaN();
    }

    @Test
    void anEpochAndAThousandSamplesHaveTheirPartOfTheWholeRun() {
        EmbodiedSettings given = new EmbodiedSettings(OptionalDouble.of(2_500), false, 4, 1);
        TrainingsSnapshot trainings = Trainings.report(10, List.of(Trainings.epochs(1, 10)));
        RunSnapshot run = Reports.of(List.of(cpu()), carbon(given), trainings);

        RunSci sci = RunSci.of(run).orElseThrow();

        assertThat(sci.epochs()).isEqualTo(10);
        assertThat(sci.gramsPerEpoch()).isCloseTo(sci.score().grams() / 10, within(1e-9));
        assertThat(sci.gramsPerThousandSamples()).isCloseTo(sci.score().grams() / sci.samples() * 1_000, within(1e-9));
    }

    @Test
    void aMarginalIntensityMakesNoScore() {
        CarbonIntensity marginal = new CarbonIntensity(
                400, "CAISO_NORTH", "Northern California", 2026, ZoneKind.DIRECT, EmissionBasis.MARGINAL, "watttime");
        CarbonSettings carbon =
                new CarbonSettings(marginal, 1, false, IntensityHistory.of(marginal), Optional.empty(), AUTO);

        assertThat(RunSci.of(Reports.of(List.of(gpu("gpu-0", "NVIDIA H200")), carbon)))
                .isEmpty();
    }
}
