/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver that answers SUCCESS with impossible values: they do not become energy, and a finding names what is missing. */
@Timeout(120)
class NvmlLiesTest {
    private static final long ALL_ONES_32 = 0xFFFF_FFFFL;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {ALL_ONES_32, 0x7FFF_FFFF, 0x8000_0000L, 5_000})
    void anImpossibleNumberOfGpusIsRejected(long count) {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100())
                .fault(Fault.lie("nvmlDeviceGetCount_v2", count))
                .install(directory);
        Findings found = find(nvml);

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(SourceState.REFUSED);
            assertThat(finding.what()).contains("its library reports " + count + " GPUs");
        });
    }

    @Test
    void aBoardThatIsListedTwiceIsMeteredOnceWithAFinding() {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100().uuid("GPU-1").power(Power.constant(300)),
                        GpuScript.h100().uuid("GPU-2").power(Power.constant(200)),
                        GpuScript.h100().uuid("GPU-1").power(Power.constant(300)))
                .install(directory);
        Findings found = find(nvml);
        try (EnergyProbe probe = found.probe().orElseThrow()) {
            assertThat(probe.domains()).extracting(domain -> domain.device()).containsExactly("gpu-0", "gpu-1");
        }
        assertThat(found.findings())
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("gpu-2 is gpu-0 again (GPU-1)"));
    }

    @Test
    void boardsWithoutAUuidAreDifferentBoards() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100(), GpuScript.h100())
                .fault(Fault.fail("nvmlDeviceGetUUID", NvmlReturn.NOT_SUPPORTED))
                .install(directory);
        try (EnergyProbe probe = find(nvml).probe().orElseThrow()) {
            assertThat(probe.domains()).hasSize(2);
        }
    }

    @Test
    void aPowerOfZeroIsNoReading() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.rtx3090().withoutCounter().power(Power.constant(300)))
                .fault(Fault.lie("field:185", 0).from(20).to(30))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            DomainMeter gpu = meter.gpu(0);
            assertThat(gpu.averageMicrowatts() / 1e6).isCloseTo(300, within(3.0));
            assertThat(gpu.coverage().gapNanos()).isBetween(10_000_000_000L, 10_500_000_000L);
            assertThat(meter.joules(0)).isCloseTo(300 * 49.5, within(300.0));
            assertThat(gpu.coverage().interpolatedMicrojoules()).isZero();
        }
    }

    @Test
    void aBoardWhosePowerIsAlwaysZeroIsModelledByItsUtilisation() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.rtx3090().withoutCounter().utilization(50, 20))
                .install(directory);
        try (EnergyProbe probe = find(nvml).probe().orElseThrow()) {
            assertThat(probe.domains().get(0).quality()).isEqualTo(Quality.MODELLED);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {ALL_ONES_32, 3_000_000})
    void anImpossiblePowerIsRejectedAndReportedOnce(long milliwatts) {
        FakeNvml nvml = NvmlMachine.with(GpuScript.rtx3090().withoutCounter().power(Power.constant(300)))
                .fault(Fault.lie("field:185", milliwatts).from(20).to(30))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            assertThat(meter.joules(0)).isLessThanOrEqualTo(300 * 60 + 1);
            assertThat(meter.gpu(0).peakMicrowatts()).isLessThan(301_000_000);
            assertThat(meter.gpu(0).coverage().gapNanos()).isGreaterThan(9_000_000_000L);
            assertThat(suspicions(meter)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 20, 23",
        "0, 20, 1000",
        "0, -1, 1000",
        "-1, 20, 23",
        "-1, 20, 1000",
        "-9223372036854775808, 20, 23",
        "9223372036854775807, 20, 1000",
        "4294967295, 20, 23",
        "4294967295, 20, 1000",
        "9223372036854775, 20, 1000",
    })
    void aWrongCounterAddsNoEnergyAndIsReportedAtMostOnce(long millijoules, double from, double to) {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100().power(Power.constant(400)).counterStart(1_000_000))
                .fault(Fault.lie("nvmlDeviceGetTotalEnergyConsumption", millijoules)
                        .from(from)
                        .to(to))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            double sum = meter.meter().microjoules() / 1e6;
            assertThat(sum).isBetween(400 * 52.0, 400 * 60 + 1.0);
            assertThat(suspicions(meter).size()).isLessThanOrEqualTo(1);
            for (DomainMeter domain : meter.meter().domains()) {
                assertThat(domain.peakMicrowatts()).isLessThan(500_000_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {ALL_ONES_32, 0, 1})
    void anImpossibleLimitIsNoLimitForTheModel(long milliwatts) {
        FakeNvml nvml = NvmlMachine.with(GpuScript.board("NVIDIA Nobody Knows", 6, 0, 250, 16_384)
                        .without(GpuScript.Reading.POWER)
                        .without(GpuScript.Reading.INSTANT)
                        .utilization(100, 50))
                .fault(Fault.lie("nvmlDeviceGetEnforcedPowerLimit", milliwatts))
                .install(directory);
        Findings found = find(nvml);
        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).extracting(Finding::what).anyMatch(what -> what.contains("gpu-0"));
    }

    @ParameterizedTest
    @ValueSource(longs = {ALL_ONES_32, 101, 30_000})
    void anImpossibleUtilisationIsNoReading(long percent) {
        FakeNvml nvml = NvmlMachine.with(GpuScript.p100()
                        .without(GpuScript.Reading.POWER)
                        .without(GpuScript.Reading.INSTANT)
                        .utilization(50, 50))
                .fault(Fault.lie("nvmlDeviceGetUtilizationRates", percent)
                        .from(20)
                        .to(30))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            assertThat(meter.gpu(0).coverage().gapNanos()).isGreaterThan(9_900_000_000L);
            long steady = meter.gpu(0).averageMicrowatts();
            assertThat((double) meter.gpu(0).peakMicrowatts()).isCloseTo(steady, within(1e6));
        }
    }

    @Test
    void aNameIsShownWithoutControlCharacters() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.board("NV\u00fc\u001b[2J\u0007 A100\u0080", 8, 0, 400, 81_920)
                        .power(Power.constant(100)))
                .install(directory);
        try (EnergyProbe probe = find(nvml).probe().orElseThrow()) {
            assertThat(probe.domains().get(0).name()).isEqualTo("NV\ufffd?[2J? A100\ufffd");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"libm.so.6", "libc.so.6", "libpthread.so.0"})
    void aLibraryThatIsNotNvmlIsRefusedWithItsFile(String name) {
        Optional<Path> other =
                List.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/lib/aarch64-linux-gnu")
                        .stream()
                        .map(place -> Path.of(place, name))
                        .filter(Files::exists)
                        .findFirst();
        assumeTrue(other.isPresent());
        Findings found = NvmlSource.find(directory, other, Map.of());

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(SourceState.REFUSED);
            assertThat(finding.place()).endsWith(name);
        });
    }

    private Findings find(FakeNvml nvml) {
        return NvmlSource.find(directory, Optional.of(nvml.library()), Map.of());
    }

    private static List<String> suspicions(SimulatedMeter meter) {
        return meter.log().stream().filter(line -> line.contains("is suspect")).toList();
    }
}
