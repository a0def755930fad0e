/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.agent.energy.DrivenCounter.Bounds;
import dev.wattle.agent.energy.DrivenCounter.Moment;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.Summary;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.ThreadCensus;
import dev.wattle.agent.host.program.UntilInputEnds;
import dev.wattle.probes.nvml.FakeNvml;
import dev.wattle.probes.nvml.GpuProcess;
import dev.wattle.probes.nvml.GpuScript;
import dev.wattle.probes.nvml.NvmlMachine;
import dev.wattle.probes.nvml.Power;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver or a bus that does not answer costs its own readings and nothing else. */
class HungSourceIT {
    private static final double TOLERANCE = 0.001;
    /** The counter moves ten times a second: two steps of 400 W, and some time between a reading and its date. */
    private static final double STEPS = 90e6;

    private static final long SECOND = 1_000_000_000L;

    /** What is waited for at the end is 0.2 s by construction; the rest is the machine's. It is not for ever, as the hang. */
    private static final long LATER_NANOS = 2_000_000_000L;

    private static final int TRIES = 3;

    @TempDir
    private Path directory;

    private DrivenMachine machine;
    private FakeNvml nvml;

    @BeforeEach
    void machineWithTwoSocketsAndAGpu() throws Exception {
        machine = DrivenMachine.start(Files.createDirectory(directory.resolve("sys")));
        nvml = NvmlMachine.with(GpuScript.h100().power(Power.constant(400)).process(GpuProcess.self()))
                .realTime()
                .hangable()
                .install(Files.createDirectory(directory.resolve("nvml")));
    }

    @AfterEach
    void release() throws Exception {
        nvml.release();
        machine.close();
    }

    @Test
    void processorsAreMeteredBesideALibraryThatNeverGetsUp() {
        nvml.hang("nvmlInit_v2");
        try (RunningHost host = beside("nvml").start(UntilInputEnds.class)) {
            machine.begin();
            Scrape first = Scrape.of(host.awaitEndpoint());
            host.awaitStderr("nvml has not answered for ");

            assertThat(first.sum("wattle_energy_joules_total", "device=\"package-0\""))
                    .isPositive();
            HostRun run = ended(host);
            assertProcessors(run);
            assertThat(text(run)).contains("nvml has not answered for ", "nvidia-smi -pm 1");
            assertThat(Summary.of(run).devices()).doesNotContain("gpu-0");
        }
    }

    @Test
    void aReadingThatHangsIsAGapWhileItLastsAndIsReadAgainWhenItReturns() {
        try (RunningHost host = beside("nvml").start(UntilInputEnds.class)) {
            machine.begin();
            URI endpoint = host.awaitEndpoint();
            host.await("the GPU", () -> gpu(endpoint, "wattle_energy_joules_total") > 100);
            nvml.hang("nvmlDeviceGetTotalEnergyConsumption");
            host.await("a call that hangs", () -> nvml.hung() > 0);
            host.awaitStderr("nvml has not answered for ");
            double gap = gpu(endpoint, "wattle_gap_seconds_total");
            assertThat(gap).isGreaterThan(1.5);
            host.await("a gap that grows", () -> gpu(endpoint, "wattle_gap_seconds_total") > gap + 0.5);
            double held = gpu(endpoint, "wattle_energy_joules_total");
            nvml.release();
            host.awaitStderr("nvml answers again");
            host.await("the energy of the gap", () -> gpu(endpoint, "wattle_energy_joules_total") > held + 1_000);

            HostRun run = ended(host);
            assertProcessors(run);
            Summary summary = Summary.of(run);
            double truth = nvml.joules(0, summary.firstReadingNanos("gpu-0"), summary.lastReadingNanos("gpu-0")) * 1e6;
            assertThat((double) summary.microjoules("gpu-0")).isCloseTo(truth, within(STEPS));
            assertThat(text(run)).contains("gpu-0 1 gap, ").doesNotContain("no gaps");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nvmlDeviceGetTotalEnergyConsumption", "nvmlShutdown"})
    void aJvmThatEndsDoesNotWaitForADriverThatHangs(String function) {
        long soonest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES && soonest > LATER_NANOS; attempt++) {
            nvml.release();
            try (RunningHost with = beside("nvml").start(UntilInputEnds.class);
                    RunningHost without = beside("").start(UntilInputEnds.class)) {
                URI endpoint = with.awaitEndpoint();
                without.awaitEndpoint();
                with.await("the GPU", () -> gpu(endpoint, "wattle_energy_joules_total") > 1);
                nvml.hang(function);
                if (!function.equals("nvmlShutdown")) {
                    long hung = nvml.hung();
                    with.await("a call that hangs", () -> nvml.hung() > hung);
                }
                long ofOne = nanosToEnd(without);
                soonest = Math.min(soonest, nanosToEnd(with) - ofOne);
                assertProcessors(with.awaitExit());
            }
        }

        assertThat(soonest).as("nanoseconds later").isLessThan(LATER_NANOS);
    }

    @Test
    void aSensorBehindABusThatHangsCostsItsOwnReadingsAlone() throws Exception {
        Path monitor = Files.createDirectories(directory.resolve("hwmon").resolve("hwmon0"));
        Files.writeString(monitor.resolve("name"), "amdgpu\n");
        Files.createDirectories(monitor.resolve("device"));
        Path sensor = monitor.resolve("power1_average");
        Tools.need("a named pipe", "mkfifo", sensor.toString());
        try (RunningHost host = beside("hwmon,nvml").start(UntilInputEnds.class)) {
            machine.begin();
            URI endpoint = host.awaitEndpoint();
            host.await("the GPU", () -> gpu(endpoint, "wattle_energy_joules_total") > 1);
            host.awaitStderr("hwmon has not answered for ");

            HostRun run = ended(host);
            assertProcessors(run);
            assertThat(Summary.of(run).devices()).contains("gpu-0");
        }
    }

    @Test
    @Tag("long")
    void aLibraryThatGetsUpLateIsMeteredFromThenOn() {
        nvml.hang("nvmlInit_v2");
        try (RunningHost host = beside("nvml").start(UntilInputEnds.class)) {
            machine.begin();
            URI endpoint = host.awaitEndpoint();
            host.awaitStderr("nvml has not answered for ");
            LockSupport.parkNanos(25 * SECOND);
            nvml.release();
            host.awaitStderr("metering gpu-0 (counter) from here on");
            host.await("the GPU", () -> gpu(endpoint, "wattle_energy_joules_total") > 400);

            HostRun run = ended(host);
            assertProcessors(run);
            Summary summary = Summary.of(run);
            double truth = nvml.joules(0, summary.firstReadingNanos("gpu-0"), summary.lastReadingNanos("gpu-0")) * 1e6;
            assertThat((double) summary.microjoules("gpu-0")).isCloseTo(truth, within(STEPS));
            assertThat(text(run)).doesNotContain("no gaps");
        }
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(
            strings = {
                "nvmlDeviceGetCount_v2",
                "nvmlSystemGetDriverVersion",
                "nvmlDeviceGetHandleByIndex_v2",
                "nvmlDeviceGetUUID",
                "nvmlDeviceGetTotalEnergyConsumption",
                "nvmlDeviceGetPowerUsage",
                "nvmlDeviceGetFieldValues",
                "nvmlDeviceGetComputeRunningProcesses_v3"
            })
    void whateverHangsAtTheStartCostsTheGpuAlone(String function) {
        nvml.hang(function);
        try (RunningHost host = beside("nvml").start(ThreadCensus.class)) {
            machine.begin();
            host.awaitEndpoint();
            host.await("a call that hangs", () -> nvml.hung() > 0);
            host.awaitStderr("nvml has not answered for ");

            HostRun run = ended(host);
            assertProcessors(run);
            assertThat(run.stderr().split("wattle-source-nvml", -1))
                    .as(run.stderr())
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(
            strings = {
                "*",
                "nvmlDeviceGetPowerUsage",
                "nvmlDeviceGetFieldValues",
                "nvmlDeviceGetComputeRunningProcesses_v3"
            })
    void whateverHangsInTheMiddleCostsTheGpuAlone(String function) {
        try (RunningHost host = beside("nvml").start(ThreadCensus.class)) {
            machine.begin();
            URI endpoint = host.awaitEndpoint();
            host.await("the GPU", () -> gpu(endpoint, "wattle_energy_joules_total") > 100);
            nvml.hang(function);
            // Not every function is called of every board, nor at once.
            long end = System.nanoTime() + 12 * SECOND;
            host.await("some seconds", () -> System.nanoTime() - end > 0);

            HostRun run = ended(host);
            assertProcessors(run);
            assertThat(run.stderr().split("wattle-source-nvml", -1))
                    .as(run.stderr())
                    .hasSize(2);
        }
    }

    private HostJvm beside(String sources) {
        String kinds = sources.isEmpty() ? "" : "," + sources;
        return HostJvm.on(JavaHome.current())
                .agent("http=0,sources=powercap" + kinds + ",powercap-root=" + machine.powercap() + ",nvml-library="
                        + nvml.library() + ",hwmon-root=" + directory.resolve("hwmon"));
    }

    private static double gpu(URI endpoint, String series) {
        return Scrape.of(endpoint).sum(series, "device=\"gpu-0\"");
    }

    private static HostRun ended(RunningHost host) {
        host.endInput();
        return host.awaitExit();
    }

    private static long nanosToEnd(RunningHost host) {
        long before = System.nanoTime();
        host.endInput();
        host.awaitExit();
        return System.nanoTime() - before;
    }

    private static String text(HostRun run) {
        return String.join("\n", run.summary()).replaceAll("\\s+", " ");
    }

    private void assertProcessors(HostRun run) {
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        Summary summary = Summary.of(run);
        for (String device : List.of("package-0", "dram-0", "package-1", "dram-1")) {
            Bounds truth = machine.counter(device)
                    .between(Moment.at(summary.firstReadingNanos(device)), Moment.at(summary.lastReadingNanos(device)));
            assertThat((double) summary.microjoules(device))
                    .as("%s, truly %s", device, truth)
                    .isBetween(truth.least() * (1 - TOLERANCE), truth.most() * (1 + TOLERANCE));
        }
    }
}
