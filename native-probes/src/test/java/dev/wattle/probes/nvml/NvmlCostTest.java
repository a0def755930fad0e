/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.DeviceUsage;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.AllocatedBytes;
import dev.wattle.probes.SilentReadings;
import dev.wattle.probes.powercap.MovingCounters;
import dev.wattle.probes.powercap.PowercapProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls and allocations of a reading. */
@Timeout(60)
class NvmlCostTest {
    private static final int GPUS = 8;

    /** Of three boards, one with a counter and two with field 185. */
    private static final Map<String, Integer> RATES =
            Map.of("nvmlDeviceGetTotalEnergyConsumption", 1, "field:185", 2, "nvmlDeviceGetPowerUsage", 1);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1_000_000L, 10_000_000L, 100_000_000L})
    void readsTheDriverAtMostTenTimesASecondAndNothingElse(long periodNanos) {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100(),
                        GpuScript.rtx3090().withoutCounter().power(Power.constant(100)),
                        GpuScript.p100().power(Power.constant(100)))
                .install(directory);
        try (SimulatedMeter meter = SimulatedMeter.over(nvml, directory, Map.of(), periodNanos)) {
            meter.runTo(20);
            Map<String, Long> before = calls(nvml);
            meter.runTo(80);
            Map<String, Long> made = calls(nvml);
            made.replaceAll((function, after) -> after - before.getOrDefault(function, 0L));

            assertThat(made).allSatisfy((function, count) -> {
                if (RATES.containsKey(function)) {
                    assertThat(count)
                            .as(function)
                            .isBetween(590L * RATES.getOrDefault(function, 0), 602L * RATES.getOrDefault(function, 0));
                } else if (function.equals("nvmlDeviceGetComputeRunningProcesses_v3")) {
                    assertThat(count).as("three lists every ten seconds").isBetween(15L, 21L);
                } else {
                    assertThat(count).as(function).isZero();
                }
            });
        }
    }

    private static Map<String, Long> calls(FakeNvml nvml) {
        return Stream.concat(
                        RATES.keySet().stream(),
                        Stream.of(
                                "nvmlDeviceGetComputeRunningProcesses_v3",
                                "nvmlDeviceGetUtilizationRates",
                                "nvmlDeviceGetName",
                                "nvmlDeviceGetUUID",
                                "nvmlDeviceGetHandleByUUID",
                                "nvmlDeviceGetProcessUtilization",
                                "nvmlInit_v2"))
                .collect(Collectors.toMap(name -> name, nvml::calls, Long::sum, TreeMap::new));
    }

    @Test
    void aReadingOfEightGpusAllocatesNothing() {
        EnergyProbe probe = probe(IntStream.range(0, GPUS)
                .mapToObj(index -> index % 2 == 0
                        ? GpuScript.h100()
                        : GpuScript.rtx3090().withoutCounter().power(Power.constant(100)))
                .toArray(GpuScript[]::new));
        SilentReadings readings = new SilentReadings();

        assertThat(AllocatedBytes.inTenThousandRunsOf(() -> probe.read(readings)))
                .isZero();
        assertThat(readings.handed).isPositive();
        assertThat(readings.failures).isZero();
        probe.close();
    }

    @Test
    void aReadingThatFailsAllocatesNothing() {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100())
                .fault(Fault.fail("nvmlDeviceGetTotalEnergyConsumption", NvmlReturn.TIMEOUT)
                        .from(1))
                .install(directory);
        EnergyProbe probe = NvmlSource.find(directory, Optional.of(nvml.library()), Map.of())
                .probe()
                .orElseThrow();
        nvml.advanceTo(2_000_000_000L);
        SilentReadings readings = new SilentReadings();

        assertThat(AllocatedBytes.inTenThousandRunsOf(() -> probe.read(readings)))
                .isZero();
        assertThat(readings.failures).isEqualTo(40_000);
        probe.close();
    }

    @Test
    void listingTheProcessesAllocatesNothing() {
        EnergyProbe probe = probe(GpuScript.h100()
                .process(GpuProcess.self().sm(20))
                .process(GpuProcess.of(7).sm(20)));
        DeviceUsage tenancy = probe.deviceUsage().orElseThrow();

        assertThat(AllocatedBytes.inTenThousandRunsOf(tenancy::refresh)).isZero();
        assertThat(tenancy.share(0)).isBetween(0.4, 0.6);
        probe.close();
    }

    /** The whole of the sampling thread: readings, meters, peaks, checks and looks at the processes. */
    @Test
    void theMeterOfEightGpusAndTwoSocketsWithMemoryAllocatesNothing() throws IOException {
        Path powercap = Files.createDirectory(directory.resolve("powercap"));
        for (int socket = 0; socket < 2; socket++) {
            Path zone = zone(powercap, "intel-rapl:" + socket, "package-" + socket);
            zone(zone, "intel-rapl:" + socket + ":0", "dram");
        }
        FakeNvml nvml = NvmlMachine.with(IntStream.range(0, GPUS)
                        .mapToObj(index -> GpuScript.h100()
                                .power(Power.sine(350, 250, 7.3))
                                .process(GpuProcess.self().sm(30))
                                .process(GpuProcess.of(4711).sm(30)))
                        .toArray(GpuScript[]::new))
                .install(Files.createDirectory(directory.resolve("nvml")));
        EnergyProbe sockets =
                new MovingCounters(PowercapProbe.find(powercap, "").probe().orElseThrow());
        try (SimulatedMeter meter = SimulatedMeter.beside(nvml, directory, sockets)) {
            assertThat(meter.meter().domains()).hasSize(GPUS + 4);
            meter.runTo(2_000);
            long least = Long.MAX_VALUE;
            for (int round = 1; round <= 3; round++) {
                long before = AllocatedBytes.byThread("wattle-sampler");
                meter.runTo(2_000 + round * 500);
                least = Math.min(least, AllocatedBytes.byThread("wattle-sampler") - before);
            }

            assertThat(least).as("bytes in 5,000 samples").isZero();
            assertThat(meter.meter().missedTicks()).isZero();
        }
    }

    private static Path zone(Path parent, String id, String name) throws IOException {
        Path zone = Files.createDirectory(parent.resolve(id));
        Files.writeString(zone.resolve("name"), name + "\n");
        Files.writeString(zone.resolve("max_energy_range_uj"), "262143328850\n");
        Files.writeString(zone.resolve("energy_uj"), "123456789012\n");
        return zone;
    }

    private EnergyProbe probe(GpuScript... gpus) {
        FakeNvml nvml = NvmlMachine.with(gpus).install(directory);
        return NvmlSource.find(directory, Optional.of(nvml.library()), Map.of())
                .probe()
                .orElseThrow();
    }
}
