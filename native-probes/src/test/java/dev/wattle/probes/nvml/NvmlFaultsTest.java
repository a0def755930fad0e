/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.probes.RecordedReadings;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every return code at any call throws nothing, adds no energy, and loses only what could not be read. */
@Timeout(120)
class NvmlFaultsTest {
    private static final List<String> FUNCTIONS = List.of(
            "nvmlSystemGetDriverVersion",
            "nvmlDeviceGetCount_v2",
            "nvmlDeviceGetHandleByIndex_v2",
            "nvmlDeviceGetHandleByUUID",
            "nvmlDeviceGetUUID",
            "nvmlDeviceGetName",
            "nvmlDeviceGetCudaComputeCapability",
            "nvmlDeviceGetTotalEnergyConsumption",
            "nvmlDeviceGetPowerUsage",
            "nvmlDeviceGetFieldValues",
            "nvmlDeviceGetEnforcedPowerLimit",
            "nvmlDeviceGetPowerManagementLimitConstraints",
            "nvmlDeviceGetMPSComputeRunningProcesses_v3",
            "nvmlDeviceGetUtilizationRates",
            "nvmlDeviceGetProcessUtilization",
            "nvmlDeviceGetComputeRunningProcesses_v3",
            "nvmlDeviceGetMigMode",
            "nvmlDeviceGetMaxMigDeviceCount",
            "nvmlInit_v2");

    @TempDir
    Path directory;

    static IntStream codes() {
        return IntStream.concat(IntStream.rangeClosed(1, 30), IntStream.of(999, 12_345));
    }

    static Stream<String> functions() {
        return FUNCTIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void anyCodeForThreeSecondsIsAGapAndAddsNoEnergy(int code) {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100().power(Power.constant(400)),
                        GpuScript.rtx3090().withoutCounter().power(Power.constant(300)))
                .fault(Fault.fail("nvmlDeviceGetTotalEnergyConsumption", code)
                        .from(20)
                        .to(23))
                .fault(Fault.fail("nvmlDeviceGetFieldValues", code).from(20).to(23))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            for (int gpu = 0; gpu < 2; gpu++) {
                assertThat(meter.joules(gpu)).as("gpu-" + gpu).isLessThanOrEqualTo(meter.truth(gpu, -1, 60) + 0.01);
                assertThat(meter.joules(gpu, 5, 18)).isCloseTo(meter.truth(gpu, 5, 18), within(20.0));
                assertThat(meter.joules(gpu, 45, 55))
                        .as("gpu-" + gpu + " is metered again")
                        .isCloseTo(meter.truth(gpu, 45, 55), within(20.0));
                assertThat(meter.gpu(gpu).coverage().errors()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void anyFunctionThatAlwaysFailsDisablesWhatNeedsItAndThrowsNothing(String function) throws Exception {
        for (int code : codes().toArray()) {
            Path own = Files.createDirectory(directory.resolve("code" + code));
            FakeNvml nvml = NvmlMachine.with(GpuScript.h100().power(Power.constant(400)))
                    .fault(Fault.fail(function, code))
                    .install(own);
            Findings found = NvmlSource.find(own, Optional.of(nvml.library()), Map.of());

            assertThat(found.findings()).as(function + " " + code).isNotEmpty();
            found.probe().ifPresent(probe -> {
                probe.read(new RecordedReadings());
                probe.close();
            });
        }
    }

    @Test
    void aDriverThatGivesNoReasonMayHaveLostItsDevicesInAContainer() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100().power(Power.constant(400)))
                .fault(Fault.fail("nvmlInit_v2", NvmlReturn.UNKNOWN))
                .install(directory);

        assertThat(NvmlSource.find(directory, Optional.of(nvml.library()), Map.of())
                        .findings())
                .singleElement()
                .extracting(Finding::note)
                .asString()
                .contains(
                        "the driver gave no reason",
                        "in a container, see whether it can still open",
                        "nvidia-ctk system create-dev-char-symlinks",
                        "--device /dev/nvidiactl",
                        "nvidia-smi");
    }

    @ParameterizedTest
    @CsvSource({"1024, 1020, true", "1048576, 1020, false", "unlimited, 1020, false"})
    void aProcessWithoutFreeFileDescriptorsGetsAFix(String limit, int open, boolean told) throws Exception {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100().power(Power.constant(400)))
                .fault(Fault.fail("nvmlInit_v2", NvmlReturn.UNKNOWN))
                .install(directory);
        Path self = Files.createDirectories(directory.resolve("self/fd"));
        for (int descriptor = 0; descriptor < open; descriptor++) {
            Files.createFile(self.resolve(String.valueOf(descriptor)));
        }
        Files.writeString(
                directory.resolve("self/limits"),
                "Limit                     Soft Limit           Hard Limit           Units     \n"
                        + "Max open files            " + limit + "                 1048576              files     \n");

        Finding finding = NvmlSource.find(directory, Optional.of(nvml.library()), Map.of())
                .findings()
                .get(0);

        assertThat(finding.note().contains("ulimit -n 65536")).isEqualTo(told);
        assertThat(finding.note().contains("nvidia-ctk")).isEqualTo(!told);
    }

    @ParameterizedTest
    @ValueSource(ints = {NvmlReturn.GPU_IS_LOST, NvmlReturn.RESET_REQUIRED})
    void aLostGpuKeepsItsTotalAndTheOthersAreStillMetered(int code) {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100().power(Power.constant(400)),
                        GpuScript.h100().power(Power.constant(200)))
                .fault(Fault.fail("*", code).gpu(0).from(20))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            assertThat(meter.joules(0)).isCloseTo(400 * 20, within(80.0));
            assertThat(meter.gpu(0).loss().orElseThrow().reason()).isEqualTo(NvmlReturn.text(code));
            assertThat(meter.gpu(0).microwatts()).isEqualTo(DomainMeter.UNKNOWN);
            assertThat(meter.joules(1, 5, 55)).isCloseTo(200 * 50, within(20.0));
            assertThat(meter.gpu(1).loss()).isEmpty();
            assertThat(meter.log())
                    .containsOnlyOnce(meter.log().get(0))
                    .first()
                    .asString()
                    .contains("gpu-0", "lost");
        }
    }

    @Test
    void aDriverThatComesBackIsUsedAgainAndItsCounterIsANewBaseline() {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100().power(Power.constant(400)).counterStart(5))
                .unloaded(20, 27)
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(90)) {
            assertThat(meter.joules(0, 40, 80)).isCloseTo(400 * 40, within(40.0));
            assertThat(meter.joules(0)).isBetween(400 * 75.0, 400 * 83.0 + 40);
            assertThat(meter.gpu(0).loss()).isPresent();
            assertThat(meter.gpu(0).coverage().gapNanos()).isBetween(7_000_000_000L, 13_000_000_000L);
            assertThat(meter.log()).anyMatch(line -> line.contains("answers again"));
        }
    }

    @Test
    void noPowerIsAssumedForTheTimeWithoutADriver() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.rtx3090().withoutCounter().power(Power.constant(300)))
                .unloaded(20, 27)
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            assertThat(meter.joules(0)).isLessThanOrEqualTo(300 * 53.6 + 1);
            assertThat(meter.joules(0, 40, 55)).isCloseTo(300 * 15, within(15.0));
            assertThat(meter.gpu(0).coverage().interpolatedMicrojoules()).isZero();
        }
    }

    @Test
    void aCounterThatIsResetLosesOneStepAndAddsNoEnergy() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.a100()
                        .power(Power.constant(350))
                        .counterStart(1_000_000)
                        .counterResetAt(20.05)
                        .counterResetAt(40))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            double truth = meter.truth(0, 0, 60);
            assertThat(meter.joules(0)).isBetween(truth - 4 * 35, truth + 0.001);
            assertThat(meter.gpu(0).coverage().gapNanos()).isBetween(100_000_000L, 500_000_000L);
        }
    }

    @Test
    void aLibraryShutDownByAnotherOfItsUsersIsInitialisedAgainInTheSameReading() {
        FakeNvml nvml =
                NvmlMachine.with(GpuScript.h100().power(Power.constant(400))).install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(10)) {
            NvmlFunctions.nvmlShutdown();
            meter.runTo(20);

            assertThat(meter.joules(0, 2, 18)).isCloseTo(400 * 16, within(1.0));
            assertThat(meter.gpu(0).coverage().errors()).isZero();
            assertThat(meter.gpu(0).loss()).isEmpty();
        }
    }

    @Test
    void notSupportedAtTheStartIsTriedAgain() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100())
                .fault(Fault.fail("nvmlDeviceGetTotalEnergyConsumption", NvmlReturn.NOT_SUPPORTED)
                        .every(2))
                .install(directory);
        Findings found = NvmlSource.find(directory, Optional.of(nvml.library()), Map.of());

        assertThat(found.probe().orElseThrow().domains().get(0).quality()).isEqualTo(Quality.COUNTER);
        found.probe().orElseThrow().close();
    }

    @Test
    void aGpuThatMayNotBeOpenedIsAFindingAndTheOthersAreMetered() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100(), GpuScript.h100())
                .fault(Fault.fail("nvmlDeviceGetHandleByIndex_v2", NvmlReturn.NO_PERMISSION)
                        .gpu(0))
                .install(directory);
        Findings found = NvmlSource.find(directory, Optional.of(nvml.library()), Map.of());

        assertThat(found.probe().orElseThrow().domains())
                .singleElement()
                .satisfies(domain -> assertThat(domain.device()).isEqualTo("gpu-1"));
        assertThat(found.findings()).extracting(Finding::state).contains(SourceState.METERED, SourceState.REFUSED);
        assertThat(found.findings())
                .extracting(Finding::what)
                .contains("The energy of gpu-0 is missing from every total: no permission.");
        found.probe().orElseThrow().close();
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 17, 18, 4})
    void aDriverThatDoesNotStartIsAFindingWithAFix(int code) {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100())
                .fault(Fault.fail("nvmlInit_v2", code))
                .install(directory);
        Findings found = NvmlSource.find(directory, Optional.of(nvml.library()), Map.of());

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(SourceState.REFUSED);
            assertThat(finding.what()).contains(NvmlReturn.text(code));
            assertThat(finding.remedies()).isNotEmpty();
        });
    }

    @Test
    void anOldLibraryWithoutFieldsProcessesAndMigIsStillMetered() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.v100().power(Power.constant(200)))
                .without("nvmlDeviceGetFieldValues")
                .without("nvmlDeviceGetComputeRunningProcesses_v3")
                .without("nvmlDeviceGetComputeRunningProcesses_v2")
                .without("nvmlDeviceGetProcessUtilization")
                .without("nvmlDeviceGetMigMode")
                .without("nvmlDeviceGetMaxMigDeviceCount")
                .without("nvmlDeviceGetCudaComputeCapability")
                .without("nvmlSystemGetDriverVersion")
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(20)) {
            assertThat(meter.gpu(0).domain().quality()).isEqualTo(Quality.COUNTER);
            assertThat(meter.joules(0, 2, 18)).isCloseTo(200 * 16, within(10.0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A100", "T4", "L40S", "H100"})
    void withoutTheComputeCapabilityTheArchitectureSelectsTheSensor(String board) {
        GpuScript gpu = switch (board) {
            case "A100" -> GpuScript.a100();
            case "T4" -> GpuScript.t4();
            case "L40S" -> GpuScript.l40s();
            default -> GpuScript.h100();
        };
        NvmlMachine machine = NvmlMachine.with(gpu.withoutCounter());
        assertThat(sourceOf(machine.without("nvmlDeviceGetCudaComputeCapability"), "without"))
                .isEqualTo(sourceOf(NvmlMachine.with(gpu.withoutCounter()), "with"));
    }

    private String sourceOf(NvmlMachine machine, String name) {
        Path own = directory.resolve(name);
        own.toFile().mkdir();
        FakeNvml nvml = machine.install(own);
        EnergyProbe probe = NvmlSource.find(own, Optional.of(nvml.library()), Map.of())
                .probe()
                .orElseThrow();
        probe.close();
        return probe.domains().get(0).source();
    }

    @Test
    void aDriverThatComesBackIsUsedAgainWithoutTheLookupByUuid() {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100().power(Power.constant(100)),
                        GpuScript.h100().power(Power.constant(400)))
                .without("nvmlDeviceGetHandleByUUID")
                .unloaded(20, 22)
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            assertThat(meter.joules(1, 40, 55)).isCloseTo(400 * 15, within(40.0));
        }
    }

    @Test
    void withoutTheCounterFunctionThePowerIsIntegrated() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.v100().power(Power.constant(200)))
                .without("nvmlDeviceGetTotalEnergyConsumption")
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(20)) {
            assertThat(meter.gpu(0).domain().quality()).isEqualTo(Quality.INTEGRATED);
            assertThat(meter.joules(0, 2, 18)).isCloseTo(200 * 16, within(10.0));
        }
    }

    @Test
    void aBoardWithoutMeasurementIsModelledByUtilisationAndLimit() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.t4()
                        .withoutCounter()
                        .without(GpuScript.Reading.POWER)
                        .without(GpuScript.Reading.INSTANT)
                        .utilization(100, 40))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(20)) {
            assertThat(meter.gpu(0).domain().quality()).isEqualTo(Quality.MODELLED);
            assertThat(meter.joules(0, 2, 12)).isCloseTo(70 * 10, within(1.0));
            assertThat(meter.findings().findings().get(0).what())
                    .startsWith("gpu-0: modelled by utilisation, error +/-40 %");
        }
    }

    @Test
    void aFileThatIsNoLibraryIsAFinding() throws Exception {
        Path file = Files.writeString(directory.resolve("libnvidia-ml.so.1"), "no library");

        Findings found = NvmlSource.find(directory, Optional.of(file), Map.of());

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings())
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("the library cannot be loaded");
    }
}
