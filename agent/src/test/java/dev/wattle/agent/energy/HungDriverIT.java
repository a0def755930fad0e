/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wattle.agent.Journal;
import dev.wattle.agent.energy.DrivenCounter.Bounds;
import dev.wattle.agent.energy.DrivenCounter.Moment;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.Summary;
import dev.wattle.agent.host.program.EpochsUntilInputEnds;
import dev.wattle.probes.nvml.FakeNvml;
import dev.wattle.probes.nvml.GpuProcess;
import dev.wattle.probes.nvml.GpuScript;
import dev.wattle.probes.nvml.NvmlMachine;
import dev.wattle.probes.nvml.Power;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A driver's call that returns after 2 s, after 30 s or never, whichever call it is: what else there is, is told whole. */
@Tag("long")
class HungDriverIT {
    private static final double TOLERANCE = 0.001;
    private static final long NEVER = 0;

    private static final List<String> AT_THE_START = List.of(
            "nvmlInit_v2",
            "nvmlDeviceGetCount_v2",
            "nvmlSystemGetDriverVersion",
            "nvmlDeviceGetHandleByIndex_v2",
            "nvmlDeviceGetUUID",
            "nvmlDeviceGetTotalEnergyConsumption",
            "nvmlDeviceGetFieldValues",
            "nvmlDeviceGetComputeRunningProcesses_v3");

    private static final List<String> IN_THE_MIDDLE = List.of(
            "*",
            "nvmlDeviceGetTotalEnergyConsumption",
            "nvmlDeviceGetFieldValues",
            "nvmlDeviceGetComputeRunningProcesses_v3");

    @TempDir
    private Path directory;

    /** @param seconds how long the call takes; 0 for ever */
    @ParameterizedTest
    @CsvSource({"2, true", "2, false", "30, true", "30, false", "0, true", "0, false"})
    void noCallThatHangsCostsMoreThanTheGpusOwnReadings(long seconds, boolean start) throws Exception {
        List<Hung> all = new ArrayList<>();
        try (DrivenMachine machine = DrivenMachine.start(Files.createDirectory(directory.resolve("sys")))) {
            try {
                for (String function : start ? AT_THE_START : IN_THE_MIDDLE) {
                    all.add(new Hung(function, start, machine));
                }
                machine.start();
                all.forEach(Hung::hang);
                all.forEach(Hung::awaitHang);
                sleep(seconds == NEVER ? 8 : seconds);
                if (seconds != NEVER) {
                    all.forEach(Hung::recover);
                }
                all.forEach(hung -> assertThat(HungSourceIT.sourceThreads(hung.host))
                        .as(hung.function)
                        .isEqualTo(1));
                all.forEach(hung -> hung.host.endInput());
                all.forEach(hung -> hung.assertRestIsWhole(machine));
            } finally {
                all.forEach(Hung::close);
            }
        }
    }

    private static void sleep(long seconds) throws InterruptedException {
        Thread.sleep(seconds * 1_000);
    }

    /** A JVM with a driver of its own. */
    private final class Hung {
        final String function;
        final boolean start;
        final FakeNvml nvml;
        final RunningHost host;

        Hung(String function, boolean start, DrivenMachine machine) throws Exception {
            this.function = function;
            this.start = start;
            nvml = NvmlMachine.with(GpuScript.h100().power(Power.constant(400)).process(GpuProcess.self()))
                    .realTime()
                    .hangable()
                    .install(Files.createDirectory(directory.resolve("nvml-" + function.replace("*", "all"))));
            if (start) {
                nvml.hang(function);
            }
            host = HostJvm.on(JavaHome.current())
                    .timeout(Duration.ofMinutes(3))
                    .agent("http=0,sources=powercap,nvml,powercap-root=" + machine.powercap() + ",nvml-library="
                            + nvml.library())
                    .start(EpochsUntilInputEnds.class);
        }

        void hang() {
            if (!start) {
                host.await("the GPU", () -> joules() > 1);
                nvml.hang(function);
            }
        }

        void awaitHang() {
            host.await("a call of " + function + " that hangs", () -> nvml.hung() > 0);
        }

        void recover() {
            nvml.release();
            double before = joules();
            host.await("the GPU after " + function, () -> joules() > before + 100);
        }

        private double joules() {
            URI endpoint = host.awaitEndpoint();
            return Scrape.of(endpoint).sum("wattle_energy_joules_total", "device=\"gpu-0\"");
        }

        void assertRestIsWhole(DrivenMachine machine) {
            HostRun run = host.awaitExit();
            assertThat(run.exitCode()).as(run.stderr()).isZero();
            Summary summary = Summary.of(run);
            for (String device : List.of("package-0", "dram-0", "package-1", "dram-1")) {
                Bounds truth = machine.counter(device)
                        .between(
                                Moment.at(summary.firstReadingNanos(device)),
                                Moment.at(summary.lastReadingNanos(device)));
                assertThat((double) summary.microjoules(device))
                        .as("%s beside %s, truly %s", device, function, truth)
                        .isBetween(truth.least() * (1 - TOLERANCE), truth.most() * (1 + TOLERANCE));
            }
            Journal journal = new Journal(run.workingDirectory().resolve("runs"));
            long told = journal.objects().stream()
                    .filter(line -> line.get("type").getAsString().equals("epoch"))
                    .count();
            long counted = 0;
            for (var training : journal.last().getAsJsonArray("trainings")) {
                JsonObject one = training.getAsJsonObject();
                counted += one.get("epochs").getAsLong();
            }
            assertThat(told).as("epochs beside " + function).isGreaterThan(4).isEqualTo(counted);
        }

        void close() {
            nvml.release();
            host.close();
        }
    }
}
