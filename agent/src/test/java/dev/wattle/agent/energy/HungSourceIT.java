/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.agent.energy.DrivenCounter.Bounds;
import dev.wattle.agent.energy.DrivenCounter.Moment;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.JvmTool;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.Summary;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.ThreadCensus;
import dev.wattle.agent.host.program.UntilInputEnds;
import dev.wattle.probes.nvml.FakeNvml;
import dev.wattle.probes.nvml.Fault;
import dev.wattle.probes.nvml.GpuProcess;
import dev.wattle.probes.nvml.GpuScript;
import dev.wattle.probes.nvml.NvmlMachine;
import dev.wattle.probes.nvml.Power;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
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

    /**
     * The meter's own 0.2 s, and 0.31 s for which HotSpot itself waits at its end for any thread inside native code (its
     * VM_Exit::wait_for_threads_in_native_to_block), whoever started it; the rest is the machine's.
     */
    private static final long LATER_NANOS = 600_000_000L;

    /**
     * Two JVMs that end at once share what the machine has to do, so that their difference is soon what the one waits for;
     * how long that is to the millisecond is for a test on a clock of its own.
     */
    private static final int TRIES = 10;

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
    void processorsAreMeteredNextToALibraryThatNeverStarts() {
        nvml.hang("nvmlInit_v2");
        try (RunningHost host = beside("nvml").start(UntilInputEnds.class)) {
            machine.start();
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
            machine.start();
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
                with.endInput();
                without.endInput();
                soonest = Math.min(soonest, nanosLater(with, without));
                // Of a run so short the date of a reading is more than a thousandth; longer ones are held to that.
                assertThat(with.awaitExit().exitCode()).isZero();
            }
        }

        assertThat(soonest).as("nanoseconds later").isLessThan(LATER_NANOS);
    }

    @Test
    void aDetachDoesNotWaitForADriverThatHangsAndNothingIsLeftWhenItReturns() {
        JvmTool tool = new JvmTool(JavaHome.current());
        try (RunningHost host = beside("nvml").start(UntilInputEnds.class)) {
            machine.start();
            URI endpoint = host.awaitEndpoint();
            host.await("the GPU", () -> gpu(endpoint, "wattle_energy_joules_total") > 1);
            nvml.hang("nvmlDeviceGetTotalEnergyConsumption");
            host.await("a call that hangs", () -> nvml.hung() > 0);
            HostRun detach = tool.run("detach", host.pid());

            assertThat(detach.exitCode()).as(detach.stderr()).isZero();
            assertThat(detach.stdout().replaceAll("\\s+", " "))
                    .contains("package-0", "nvml has not answered for ")
                    .doesNotContain("no gaps");
            nvml.release();
            host.await("the end of the thread that hung", () -> sourceThreads(host) == 0);
            assertThat(ended(host).exitCode()).isZero();
        }
    }

    @Test
    void aProgramIsAttachedListedAndDetachedWhileTheDriverHangs() {
        JvmTool tool = new JvmTool(JavaHome.current());
        nvml.hang("nvmlInit_v2");
        try (RunningHost host = HostJvm.on(JavaHome.current()).start(UntilInputEnds.class)) {
            host.await(
                    "a JVM that listens",
                    () -> host.pid() > 0 && tool.run("list").stdout().contains(String.valueOf(host.pid())));
            HostRun attach = tool.run("attach", host.pid(), settings("nvml") + ",summary=full");
            HostRun list = tool.run("list");
            HostRun detach = tool.run("detach", host.pid());

            assertThat(attach.exitCode()).as(attach.stderr()).isZero();
            assertThat(attach.stdout()).contains("package-0", "nvml has not answered yet");
            assertThat(list.stdout()).contains(String.valueOf(host.pid()));
            assertThat(detach.exitCode()).as(detach.stderr()).isZero();
            assertThat(detach.stdout()).contains("package-0");
            assertThat(ended(host).exitCode()).isZero();
        }
    }

    @Tag("long")
    @Test
    void theDoctorSaysWhichSourceDoesNotRespondAndReportsTheRest() {
        nvml.hang("nvmlInit_v2");
        HostRun doctor = new JvmTool(JavaHome.current())
                .run(Stream.concat(Stream.of("doctor"), words("nvml").stream()).toArray());

        assertThat(doctor.exitCode()).as(doctor.stderr()).isZero();
        assertThat(doctor.stdout().replaceAll("\\s+", " "))
                .contains("The source nvml has not answered for 10 s", "nvidia-smi -pm 1", "Measured: package-0, ");
    }

    @Test
    void socketsAreMeteredNoLongerWhereADriverReportsLateThatTheirModuleHoldsThem(@TempDir Path other)
            throws Exception {
        Path monitor = Files.createDirectories(directory.resolve("hwmon").resolve("hwmon0"));
        Files.writeString(monitor.resolve("name"), "power_meter\n");
        Files.writeString(monitor.resolve("power1_oem_info"), "Grace Power Socket 0\n");
        Files.writeString(monitor.resolve("power1_average"), "100000000\n");
        FakeNvml modules = NvmlMachine.with(GpuScript.gh200()
                        .power(Power.constant(500))
                        .without(GpuScript.Reading.POWER)
                        .without(GpuScript.Reading.AVERAGE))
                .fault(Fault.failField(191, 3))
                .fault(Fault.failField(186, 3).scope(0))
                .realTime()
                .hangable()
                .install(other);
        modules.hang("nvmlInit_v2");
        try (RunningHost host = HostJvm.on(JavaHome.current())
                .agent("http=0,summary=full,sources=nvml,hwmon,nvml-library=" + modules.library() + ",hwmon-root="
                        + directory.resolve("hwmon"))
                .start(UntilInputEnds.class)) {
            URI endpoint = host.awaitEndpoint();
            host.await("the socket", () -> joules(endpoint, "grace-0") > 50);
            modules.release();
            host.awaitStderr("grace-0 is not metered from here on: the energy of module-0 holds its");
            host.await("the module", () -> joules(endpoint, "module-0") > 750);
            double socket = joules(endpoint, "grace-0");
            double module = joules(endpoint, "module-0");
            host.await("more of the module", () -> joules(endpoint, "module-0") > module + 750);

            assertThat(joules(endpoint, "grace-0")).isEqualTo(socket);
            assertThat(ended(host).exitCode()).isZero();
        } finally {
            modules.release();
        }
    }

    @Test
    void aSensorBehindABusThatHangsCostsItsOwnReadingsAlone() throws Exception {
        Path monitor = Files.createDirectories(directory.resolve("hwmon").resolve("hwmon0"));
        Files.writeString(monitor.resolve("name"), "amdgpu\n");
        Files.createDirectories(monitor.resolve("device"));
        Path sensor = monitor.resolve("power1_average");
        Tools.need("a named pipe", "mkfifo", sensor.toString());
        try (RunningHost host = beside("hwmon,nvml").start(UntilInputEnds.class)) {
            machine.start();
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
            machine.start();
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
            machine.start();
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
            machine.start();
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
        return HostJvm.on(JavaHome.current()).agent("http=0,summary=full," + settings(sources));
    }

    private String settings(String sources) {
        return String.join(",", words(sources));
    }

    private List<String> words(String sources) {
        return List.of(
                "sources=powercap" + (sources.isEmpty() ? "" : "," + sources),
                "powercap-root=" + machine.powercap(),
                "nvml-library=" + nvml.library(),
                "hwmon-root=" + directory.resolve("hwmon"));
    }

    private static double joules(URI endpoint, String device) {
        return Scrape.of(endpoint).sum("wattle_energy_joules_total", "device=\"" + device + "\"");
    }

    /** By the kernel's list, which cuts names short. */
    static long sourceThreads(RunningHost host) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(host.pid()), "task"))) {
            return tasks.filter(task -> nameOf(task).startsWith("wattle-source-n"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException ended) {
            return "";
        }
    }

    private static double gpu(URI endpoint, String series) {
        return Scrape.of(endpoint).sum(series, "device=\"gpu-0\"");
    }

    private static HostRun ended(RunningHost host) {
        host.endInput();
        return host.awaitExit();
    }

    /** How much later the one ends than the other, of two that are ending. */
    private static long nanosLater(RunningHost one, RunningHost other) {
        long oneEnded = 0;
        long otherEnded = 0;
        long deadline = System.nanoTime() + 60 * SECOND;
        while (oneEnded == 0 || otherEnded == 0) {
            long now = System.nanoTime();
            assertThat(deadline - now).as("time left").isPositive();
            oneEnded = oneEnded == 0 && one.hasEnded() ? now : oneEnded;
            otherEnded = otherEnded == 0 && other.hasEnded() ? now : otherEnded;
            LockSupport.parkNanos(SECOND / 1_000);
        }
        return oneEnded - otherEnded;
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
