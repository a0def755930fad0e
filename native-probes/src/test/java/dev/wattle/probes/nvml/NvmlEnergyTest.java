/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.source.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Boards of every architecture draw known powers; the metered energy is compared with the exact integral. */
@Timeout(60)
class NvmlEnergyTest {
    private static final double COUNTER_PERIOD = 0.1;

    /** Of the loads, which are the same for all boards; far above its limit, a small board would not be believed. */
    private static final double HIGHEST_WATTS = 700;

    @TempDir
    Path directory;

    static Stream<Arguments> boardsWithACounter() {
        return boardsWhoseSensorSeesAll().filter(board -> board.get()[2] == Quality.COUNTER);
    }

    static Stream<Arguments> boardsWhoseSensorSeesAll() {
        return Stream.of(
                board("H100, counter", GpuScript.h100(), Quality.COUNTER),
                board("H100, power", GpuScript.h100().withoutCounter(), Quality.INTEGRATED),
                board("H200, counter", GpuScript.h200(), Quality.COUNTER),
                board("B200, power", GpuScript.b200().withoutCounter(), Quality.INTEGRATED),
                board("L40S, counter", GpuScript.l40s(), Quality.COUNTER),
                board("L40S, power", GpuScript.l40s().withoutCounter(), Quality.INTEGRATED),
                board("RTX 3090, power", GpuScript.rtx3090().withoutCounter(), Quality.INTEGRATED),
                board("A100, counter", GpuScript.a100(), Quality.COUNTER),
                board("T4, counter", GpuScript.t4(), Quality.COUNTER),
                board("T4, power", GpuScript.t4().withoutCounter(), Quality.INTEGRATED),
                board("V100, counter", GpuScript.v100(), Quality.COUNTER),
                board("GH200, counter", GpuScript.gh200(), Quality.COUNTER));
    }

    static Stream<Power> loads() {
        return Stream.of(
                Power.constant(300),
                Power.ramp(60, 690, 60),
                Power.square(600, 150, 1.37, 0.8, 0.4),
                Power.square(500, 90, 0.25),
                Power.sine(350, 250, 7.3),
                Power.steps(0, 70, 11.3, 640, 12.1, 80, 30, 700, 50.05, 120));
    }

    private static Arguments board(String name, GpuScript gpu, Quality quality) {
        return Arguments.of(name, gpu, quality);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("boardsWhoseSensorSeesAll")
    void aMinutesEnergyIsWithinHalfAPercent(String name, GpuScript gpu, Quality quality) {
        GpuScript[] gpus = loads().map(power -> gpu.enforcedLimit(HIGHEST_WATTS).power(power))
                .toArray(GpuScript[]::new);
        FakeNvml nvml = NvmlMachine.with(gpus).install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(70)) {
            for (int domain = 0; domain < gpus.length; domain++) {
                assertThat(meter.gpu(domain).domain().quality()).isEqualTo(quality);
                assertThat(meter.joules(domain, 3, 63))
                        .as(name + ", load " + domain)
                        .isCloseTo(meter.truth(domain, 3, 63), Percentage.withPercentage(0.5));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("boardsWithACounter")
    void windowsOfASecondKeepTheBoundThatTheCountersStepsGive(String name, GpuScript gpu) {
        GpuScript[] gpus = loads().map(power -> gpu.enforcedLimit(HIGHEST_WATTS).power(power))
                .toArray(GpuScript[]::new);
        FakeNvml nvml = NvmlMachine.with(gpus).install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(70)) {
            for (int domain = 0; domain < gpus.length; domain++) {
                for (double from = 1; from < 60; from += 0.317) {
                    assertThat(meter.joules(domain, from, from + 1))
                            .as(name + ", load " + domain + ", from " + from)
                            .isCloseTo(meter.truth(domain, from, from + 1), within(HIGHEST_WATTS * COUNTER_PERIOD));
                }
            }
        }
    }

    @Test
    void adjacentWindowsAddUpToTheWholeToTheMicrojoule() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100().power(Power.square(600, 150, 1.37)))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(70)) {
            long sum = 0;
            for (long from = 3_000_000_000L; from < 63_000_000_000L; from += 31_250_000L) {
                sum += meter.gpu(0).timeline().microjoulesBetween(from, from + 31_250_000L);
            }

            assertThat(sum).isEqualTo(meter.gpu(0).timeline().microjoulesBetween(3_000_000_000L, 63_000_000_000L));
        }
    }

    /** 25 ms of each 100 ms: a load in step with the sensor is seen wholly or not at all. */
    @Test
    void anIncompleteSensorHasARemarkAndTheErrorThatTheDocumentationStates() {
        GpuScript blind = GpuScript.a100().withoutCounter();
        FakeNvml nvml = NvmlMachine.with(
                        blind.power(Power.square(600, 150, 0.1, 0.5, 0.05)),
                        blind.power(Power.square(600, 150, 0.1, 0.5, 0.0)),
                        blind.power(Power.square(600, 150, 0.137, 0.5, 0)),
                        blind.power(Power.constant(300)))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(70)) {
            double inStep = meter.joules(0, 3, 63) / meter.truth(0, 3, 63);
            double outOfStep = meter.joules(1, 3, 63) / meter.truth(1, 3, 63);

            assertThat(Math.max(inStep, outOfStep)).isCloseTo(1.6, within(0.01));
            assertThat(Math.min(inStep, outOfStep)).isCloseTo(0.4, within(0.01));
            assertThat(meter.joules(2, 3, 63)).isCloseTo(meter.truth(2, 3, 63), Percentage.withPercentage(1));
            assertThat(meter.joules(3, 3, 63)).isCloseTo(meter.truth(3, 3, 63), Percentage.withPercentage(0.1));
            assertThat(meter.findings().findings())
                    .singleElement()
                    .extracting(Finding::what)
                    .asString()
                    .isEqualTo("gpu-0, gpu-1, gpu-2, gpu-3: its sensor shows power, 25 ms of each 100 ms; it does not"
                            + " see the load in between.");
        }
    }

    @Test
    void aSensorThatSeesHalfOfTheTimeHasARemarkToo() {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.p100().power(Power.square(240, 40, 0.731)),
                        GpuScript.p100().power(Power.square(240, 40, 0.25)))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(70)) {
            assertThat(meter.gpu(0).domain().quality()).isEqualTo(Quality.INTEGRATED);
            for (int gpu = 0; gpu < 2; gpu++) {
                assertThat(meter.joules(gpu, 3, 63))
                        .as("it is read unevenly, lest it beats with the load")
                        .isCloseTo(meter.truth(gpu, 3, 63), Percentage.withPercentage(3));
            }
            assertThat(meter.findings().findings().get(0).what()).contains("10 ms of each 20 ms");
        }
    }

    @Test
    void theShiftIsSmallerWithTheDriverThatAveragesOverATenthOfASecond() {
        GpuScript board = GpuScript.rtx3090().withoutCounter().power(Power.ramp(50, 350, 20));
        FakeNvml nvml = NvmlMachine.with(board).driver("530.30.02").install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(30)) {
            assertThat(((Sensor.Power) meter.gpu(0).domain().sensor()).lagNanos())
                    .isEqualTo(100_000_000L);
            assertThat(meter.joules(0, 5, 15)).isCloseTo(meter.truth(0, 5, 15), Percentage.withPercentage(0.5));
        }
    }

    @Test
    void readsTheGpusOwnCounterOnAModuleWithAProcessor() {
        FakeNvml nvml =
                NvmlMachine.with(GpuScript.gh200().power(Power.constant(500))).install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(20)) {
            assertThat(meter.joules(0, 3, 13)).isCloseTo(5_000, within(50.0));
        }
    }

    @Test
    void aModuleWithoutFiguresOfItsGpuAloneIsLabelledAsAModule() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.gh200()
                        .power(Power.constant(500))
                        .without(GpuScript.Reading.POWER)
                        .without(GpuScript.Reading.AVERAGE))
                .fault(Fault.failField(191, NvmlReturn.NOT_SUPPORTED))
                .fault(Fault.failField(186, NvmlReturn.NOT_SUPPORTED).scope(0))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(20)) {
            assertThat(meter.gpu(0).domain().source()).endsWith("energy counter of the whole module");
            assertThat(meter.joules(0, 3, 13)).isCloseTo(7_500, within(75.0));
            assertThat(meter.gpu(0).domain().sensor().limitMicrowatts()).isEqualTo(1_000_000_000);
            assertThat(meter.findings().findings().get(0).what())
                    .isEqualTo("module-0: its energy includes the processor on the same module.");
        }
    }

    @Test
    void aBoardHasItsUuidItsNameAndItsDriver() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100()).driver("550.54.15").install(directory);
        EnergyProbe probe = NvmlSource.find(directory, Optional.of(nvml.library()), Map.of())
                .probe()
                .orElseThrow();
        EnergyDomain domain = probe.domains().get(0);
        probe.close();

        assertThat(domain.device()).isEqualTo("gpu-0");
        assertThat(domain.uuid()).isEqualTo(nvml.uuid(0));
        assertThat(domain.name()).isEqualTo("NVIDIA H100 80GB HBM3");
        assertThat(domain.source()).isEqualTo("NVML, driver 550.54.15: energy counter");
    }

    @Test
    void theLimitOfABoardIsTheHighestThatCanBeSet() {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.board("NVIDIA H100 80GB HBM3", 9, 0, 700, 81559)
                                .enforcedLimit(350),
                        GpuScript.board("NVIDIA H100 80GB HBM3", 9, 0, 4_000_000, 81559))
                .install(directory);

        assertThat(limits(nvml)).containsExactly(700_000_000L, Sensor.NO_LIMIT);
    }

    @Test
    void theLimitInForceIsUsedWhereNoHigherOneIsReported() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.board("NVIDIA H100 80GB HBM3", 9, 0, 700, 81559)
                        .enforcedLimit(350))
                .without("nvmlDeviceGetPowerManagementLimitConstraints")
                .install(directory);

        assertThat(limits(nvml)).containsExactly(350_000_000L);
    }

    private List<Long> limits(FakeNvml nvml) {
        EnergyProbe probe = NvmlSource.find(directory, Optional.of(nvml.library()), Map.of())
                .probe()
                .orElseThrow();
        probe.close();
        return probe.domains().stream()
                .map(domain -> domain.sensor().limitMicrowatts())
                .toList();
    }

    @Test
    void aCounterIsComparedWithItsPower() {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100().power(Power.sine(350, 250, 7.3)),
                        GpuScript.a100().power(Power.constant(65)).counterGain(0.573))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(70)) {
            assertThat(meter.gpu(0).crossCheck().orElseThrow().ratio()).isCloseTo(1, within(0.01));
            assertThat(meter.gpu(1).crossCheck().orElseThrow().ratio()).isCloseTo(0.573, within(0.005));
            assertThat(meter.gpu(1).crossCheck().orElseThrow().disagrees()).isTrue();
        }
    }
}
