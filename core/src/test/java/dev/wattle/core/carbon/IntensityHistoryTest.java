/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.carbon.IntensityHistory.Step;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IntensityHistoryTest {
    private static final long KWH = 3_600_000_000_000L;
    private static final EnergyDomain CPU = domain("package-0", Component.CPU);
    private static final EnergyDomain GPU = domain("gpu-0", Component.GPU);

    @Test
    void eachPartOfTheEnergyHasTheIntensityThatApplied() {
        CarbonSettings carbon = new CarbonSettings(CarbonIntensity.custom(50), 2, false);
        carbon = carbon.with(step(100, 3 * KWH), false, Map.of(CPU, KWH, GPU, 2 * KWH));
        carbon = carbon.with(step(400, 8 * KWH), false, Map.of(CPU, 2 * KWH, GPU, 6 * KWH));

        assertThat(carbon.gramsCo2e(CPU, 5 * KWH)).isCloseTo(2 * (50 + 100 + 3 * 400), within(1e-9));
        assertThat(carbon.gramsCo2e(GPU, 6 * KWH)).isCloseTo(2 * (2 * 50 + 4 * 100), within(1e-9));
        assertThat(carbon.gramsCo2e(domain("gpu-1", Component.GPU), KWH)).isCloseTo(2 * 400, within(1e-9));
        assertThat(carbon.gramsCo2e(KWH)).isEqualTo(800);
        assertThat(carbon.history().microjoulesBySteps(11 * KWH)).containsExactly(3 * KWH, 5 * KWH, 3 * KWH);
    }

    @Test
    void oneIntensityIsAProductToTheLastDigit() {
        CarbonSettings carbon = new CarbonSettings(CarbonIntensity.custom(41.79), 1.12, false);
        assertThat(carbon.gramsCo2e(CPU, 123_456_789)).isEqualTo(carbon.gramsCo2e(123_456_789));
    }

    @Test
    void settingsAndHistoryHaveTheSameIntensity() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CarbonSettings(
                        CarbonIntensity.custom(1), 1, false, IntensityHistory.of(CarbonIntensity.custom(2))));
    }

    @Property(tries = 200)
    void co2eNeverFallsAndLiesBetweenTheExtremes(
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0, max = 1_000_000_000_000L) Long> energies,
            @ForAll @Size(20) List<@DoubleRange(min = 0, max = 2000) Double> intensities) {
        CarbonSettings carbon = new CarbonSettings(CarbonIntensity.custom(intensities.get(0)), 1, false);
        double least = intensities.get(0);
        double most = intensities.get(0);
        double expected = 0;
        double last = 0;
        long used = 0;
        for (int i = 0; i < energies.size(); i++) {
            used += energies.get(i);
            expected += energies.get(i) / 3.6e12 * carbon.intensity().gramsPerKwh();
            double grams = carbon.gramsCo2e(CPU, used);
            assertThat(grams).isGreaterThanOrEqualTo(last * (1 - 1e-12)).isCloseTo(expected, within(1e-6));
            last = grams;
            double next = intensities.get((i + 1) % 20);
            least = Math.min(least, carbon.intensity().gramsPerKwh());
            most = Math.max(most, carbon.intensity().gramsPerKwh());
            carbon = carbon.with(step(next, used), false, Map.of(CPU, used));
            assertThat(carbon.gramsCo2e(CPU, used)).isCloseTo(grams, within(1e-9));
        }
        assertThat(last).isBetween(used / 3.6e12 * least - 1e-6, used / 3.6e12 * most + 1e-6);
    }

    @Test
    void aRunKeepsABoundedNumber() {
        IntensityHistory history =
                new IntensityHistory(Collections.nCopies(IntensityHistory.MAX_STEPS, step(1, 0)), Map.of());
        assertThat(history.with(step(2, 0), Map.of())).isSameAs(history);
        CarbonSettings carbon = new CarbonSettings(CarbonIntensity.custom(1), 1, false, history);
        assertThat(carbon.with(step(2, 0), false, Map.of())).isSameAs(carbon);
    }

    private static Step step(double gramsPerKwh, long runMicrojoules) {
        return new Step(Instant.EPOCH, CarbonIntensity.custom(gramsPerKwh), true, false, runMicrojoules);
    }

    private static EnergyDomain domain(String device, Component component) {
        return new EnergyDomain(
                component, device, device, "", Quality.COUNTER, Scope.MACHINE, "test", new Sensor.Counter(0));
    }
}
