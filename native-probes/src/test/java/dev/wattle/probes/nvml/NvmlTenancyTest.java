/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.probe.DeviceUsage.Use;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which GPUs this JVM uses, and its share of those that others use too. */
@Timeout(60)
class NvmlTenancyTest {
    private static final long PERIOD = 100_000_000L;

    @TempDir
    Path directory;

    @Test
    void theGpuThatListsThisProcessIsItsOwnAndTheOthersAreNot() {
        FakeNvml nvml = NvmlMachine.with(
                        gpu(400).process(GpuProcess.self().from(6)), gpu(300).process(GpuProcess.of(4711)), gpu(70))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(5)) {
            assertThat(meter.tenant(0).use()).isEqualTo(Use.ASSUMED);
            assertThat(meter.tenant(0).rule()).isEqualTo("nothing shows whose it is");

            meter.runTo(60);
            meter.close();

            assertThat(meter.tenant(0).use()).isEqualTo(Use.EXCLUSIVE);
            assertThat(meter.tenant(0).microjoules()).isEqualTo(meter.gpu(0).microjoules());
            assertThat(meter.tenant(1).use()).isEqualTo(Use.OTHERS);
            assertThat(meter.tenant(1).microjoules()).isZero();
            assertThat(meter.tenant(2).use()).isEqualTo(Use.OTHERS);
            assertThat(meter.joules(1, 5, 55)).as("it is metered all the same").isCloseTo(15_000, within(60.0));
        }
    }

    @Test
    void aSharedGpuIsSplitBySmUtilisation() {
        FakeNvml nvml = NvmlMachine.with(gpu(400).process(GpuProcess.self().sm(30))
                        .process(GpuProcess.of(4711).sm(60)))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(60)) {
            meter.close();

            assertThat(meter.tenant(0).use()).isEqualTo(Use.SHARED);
            assertThat(meter.tenant(0).rule()).isEqualTo("by SM utilisation");
            assertThat(meter.tenant(0).microjoules() / 1e6)
                    .isCloseTo(meter.joules(0) / 3, within(meter.joules(0) * 0.03));
            assertThat(meter.tenant(0).splitMicrojoules())
                    .isEqualTo(meter.tenant(0).microjoules());
        }
    }

    @Test
    void aSharedGpuIsSplitByMemoryWithoutUtilisation() {
        FakeNvml nvml = NvmlMachine.with(gpu(400).process(GpuProcess.self().bytes(3_000_000_000L))
                        .process(GpuProcess.of(4711).bytes(1_000_000_000L)))
                .without("nvmlDeviceGetProcessUtilization")
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(30)) {
            assertThat(meter.tenant(0).rule()).isEqualTo("by GPU memory");
            assertThat(meter.tenant(0).use()).isEqualTo(Use.SHARED);
        }
    }

    @Test
    void aClientOfAnMpsServerIsFoundAndTheServerDoesNotCount() {
        FakeNvml nvml = NvmlMachine.with(
                        gpu(400).process(GpuProcess.of(99).sm(80))
                                .process(GpuProcess.self().underMps()),
                        gpu(300).process(GpuProcess.of(98))
                                .process(GpuProcess.of(4711).underMps()))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(30)) {
            meter.close();

            assertThat(meter.tenant(0).use()).isEqualTo(Use.EXCLUSIVE);
            assertThat(meter.tenant(1).use()).isEqualTo(Use.OTHERS);
        }
    }

    @Test
    void clientsOfOneMpsServerAreSplitByMemory() {
        FakeNvml nvml = NvmlMachine.with(gpu(400).process(GpuProcess.of(99).sm(80))
                        .process(GpuProcess.self().bytes(3_000_000_000L).underMps())
                        .process(GpuProcess.of(4711).bytes(1_000_000_000L).underMps()))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(30)) {
            assertThat(meter.tenant(0).use()).isEqualTo(Use.SHARED);
            assertThat(meter.tenant(0).rule()).isEqualTo("by GPU memory");
        }
    }

    @Test
    void anIdleSharedGpuIsSplitEvenly() {
        FakeNvml nvml = NvmlMachine.with(gpu(100).process(GpuProcess.self())
                        .process(GpuProcess.of(7))
                        .process(GpuProcess.of(8)))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(40)) {
            meter.close();

            assertThat(meter.tenant(0).rule()).isEqualTo("evenly");
            assertThat(meter.tenant(0).microjoules() / 1e6).isCloseTo(meter.joules(0) / 3, within(40.0));
        }
    }

    @Test
    void aLongListOfProcessesIsReadToItsEnd() {
        GpuScript crowded = gpu(100);
        for (int pid = 5_000; pid < 5_030; pid++) {
            crowded = crowded.process(GpuProcess.of(pid).sm(1));
        }
        FakeNvml nvml =
                NvmlMachine.with(crowded.process(GpuProcess.self().sm(30))).install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(40)) {
            meter.close();

            assertThat(meter.tenant(0).microjoules() / 1e6).isCloseTo(meter.joules(0) / 2, within(100.0));
        }
    }

    @Test
    void cudasListDecidesWhileNoGpuListsThisProcess() {
        FakeNvml nvml = NvmlMachine.with(gpu(400), gpu(300), gpu(200)).install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(
                        nvml,
                        directory,
                        Map.of("CUDA_VISIBLE_DEVICES", nvml.uuid(1).substring(0, 20)),
                        PERIOD)
                .runTo(10)) {
            assertThat(meter.tenant(0).use()).isEqualTo(Use.OTHERS);
            assertThat(meter.tenant(1).use()).isEqualTo(Use.ASSUMED);
            assertThat(meter.tenant(1).rule()).isEqualTo("CUDA_VISIBLE_DEVICES names it");
            assertThat(meter.tenant(2).use()).isEqualTo(Use.OTHERS);
        }
    }

    @Test
    void theListOfProcessesHasPriorityOverCudasList() {
        FakeNvml nvml = NvmlMachine.with(
                        gpu(400), gpu(300).process(GpuProcess.self().from(3)))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory, Map.of("CUDA_VISIBLE_DEVICES", "0"), PERIOD)
                .runTo(20)) {
            assertThat(meter.tenant(0).use()).isEqualTo(Use.OTHERS);
            assertThat(meter.tenant(1).use()).isEqualTo(Use.EXCLUSIVE);
        }
    }

    @Test
    void aMigDeviceCountsWithItsSlicesAndTheGpuIsMeteredOnce() {
        FakeNvml nvml = NvmlMachine.with(migA100()
                        .process(GpuProcess.self().slice(1))
                        .process(GpuProcess.of(99).slice(0)))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory).runTo(40)) {
            meter.close();

            assertThat(meter.meter().domains()).hasSize(1);
            assertThat(meter.joules(0, 5, 35)).isCloseTo(350 * 30, within(40.0));
            assertThat(meter.tenant(0).use()).isEqualTo(Use.PARTITION);
            assertThat(meter.tenant(0).rule()).isEqualTo("2 of 7 MIG slices");
            assertThat(meter.tenant(0).microjoules() / 1e6).isCloseTo(meter.joules(0) * 2 / 7, within(350 * 2.0));
            assertThat(meter.tenant(0).splitMicrojoules())
                    .isEqualTo(meter.tenant(0).microjoules());
        }
    }

    @Test
    void aMigDeviceCanBeNamedInCudasList() {
        FakeNvml nvml = NvmlMachine.with(migA100()).install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(
                        nvml,
                        directory,
                        Map.of("CUDA_VISIBLE_DEVICES", "MIG-aaaaaaaa-0000-0000-0000-000000000001"),
                        PERIOD)
                .runTo(20)) {
            assertThat(meter.tenant(0).use()).isEqualTo(Use.PARTITION);
            assertThat(meter.tenant(0).rule()).isEqualTo("CUDA_VISIBLE_DEVICES names it");
        }
    }

    private static GpuScript migA100() {
        return GpuScript.a100()
                .power(Power.constant(350))
                .mig()
                .slice("MIG-aaaaaaaa-0000-0000-0000-000000000001", 1, 0, 4, 40_192)
                .slice("MIG-aaaaaaaa-0000-0000-0000-000000000002", 5, 0, 2, 19_968);
    }

    private static GpuScript gpu(double watts) {
        return GpuScript.h100().power(Power.constant(watts));
    }
}
