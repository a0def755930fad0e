/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Tenancy;
import dev.wattle.probes.AllocatedBytes;
import dev.wattle.probes.SilentReadings;
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

/** What a reading asks of the driver, and of the heap. */
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
    void noDriverIsAskedMoreThanTenTimesASecondAndForNothingElse(long periodNanos) {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100(), GpuScript.rtx3090().withoutCounter(), GpuScript.p100())
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
                .mapToObj(index ->
                        index % 2 == 0 ? GpuScript.h100() : GpuScript.rtx3090().withoutCounter())
                .toArray(GpuScript[]::new));
        SilentReadings readings = new SilentReadings();

        assertThat(AllocatedBytes.inTenThousandRunsOf(() -> probe.read(readings)))
                .isZero();
        assertThat(readings.handed).isPositive();
        assertThat(readings.failures).isZero();
        probe.close();
    }

    @Test
    void aReadingThatFailsAllocatesNothingEither() {
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
    void aLookAtTheProcessesAllocatesNothing() {
        EnergyProbe probe = probe(GpuScript.h100()
                .process(GpuProcess.self().sm(20))
                .process(GpuProcess.of(7).sm(20)));
        Tenancy tenancy = probe.tenancy().orElseThrow();

        assertThat(AllocatedBytes.inTenThousandRunsOf(tenancy::refresh)).isZero();
        assertThat(tenancy.share(0)).isBetween(0.4, 0.6);
        probe.close();
    }

    private EnergyProbe probe(GpuScript... gpus) {
        FakeNvml nvml = NvmlMachine.with(gpus).install(directory);
        return NvmlSource.find(directory, Optional.of(nvml.library()), Map.of())
                .probe()
                .orElseThrow();
    }
}
