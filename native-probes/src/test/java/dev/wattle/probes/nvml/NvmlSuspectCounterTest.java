/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Quality;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A counter that answers with wrong values: the power is metered instead, and no energy is lost. */
@Timeout(120)
class NvmlSuspectCounterTest {

    private static final double WATTS = 400;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"0, stands still", "0.001, shows 0.4", "1000, shows more than 2100 W"})
    void thePowerTakesOverFromACounterThatCannotBeRight(double gain, String reason) {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100().power(Power.constant(WATTS)).counterGain(gain),
                        GpuScript.h100().power(Power.constant(WATTS)))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            assertThat(meter.meter().domains()).hasSize(3);
            DomainMeter byPower = meter.gpu(2);
            assertThat(meter.gpu(0).suspicion().orElseThrow().reason()).contains(reason);
            assertThat(byPower.domain().device()).isEqualTo("gpu-0");
            assertThat(byPower.domain().quality()).isEqualTo(Quality.INTEGRATED);
            assertThat(meter.joules(0) + meter.joules(2)).isCloseTo(meter.truth(0, 0, 60), within(2 * WATTS));
            assertThat(meter.joules(1)).isCloseTo(meter.truth(1, 0, 60), within(WATTS / 2));
            assertThat(meter.meter().ownerships())
                    .extracting(tenant -> tenant.domain())
                    .contains(byPower);
            assertThat(meter.log())
                    .filteredOn(line -> line.contains("is suspect"))
                    .hasSize(1);
        }
    }

    @Test
    void aBoardOfSeveralKilowattsIsMeteredAtAPeriodOfASecond() {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.board("NVIDIA of 2027", 10, 0, 3_600, 400_000).power(Power.constant(2_300)))
                .install(directory);
        try (SimulatedMeter meter =
                SimulatedMeter.over(nvml, directory, Map.of(), 1_000_000_000L).runTo(60)) {
            assertThat(meter.joules(0)).isCloseTo(2_300 * 59, within(2 * 2_300.0));
            assertThat(meter.gpu(0).coverage().rejected()).isZero();
        }
    }
}
