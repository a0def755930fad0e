/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static dev.wattle.agent.HostAssertions.assertUndisturbed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.Summary;
import dev.wattle.agent.host.TwoRuns;
import dev.wattle.agent.host.program.OwnJna;
import dev.wattle.agent.host.program.OwnLogManager;
import dev.wattle.agent.host.program.ThreadCensus;
import dev.wattle.agent.host.program.UntilInputEnds;
import dev.wattle.probes.nvml.FakeNvml;
import dev.wattle.probes.nvml.Fault;
import dev.wattle.probes.nvml.GpuProcess;
import dev.wattle.probes.nvml.GpuScript;
import dev.wattle.probes.nvml.NvmlMachine;
import dev.wattle.probes.nvml.Power;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built agent in a real JVM beside a driver whose GPUs draw known powers, in real time. */
class NvmlIT {
    /** Long enough for a counter to be held against its power. */
    private static final double RUN_SECONDS = 45;

    private static final double LOST_AT = 25;

    @Tag("long")
    @Test
    void gpusAreMeteredSharedOutFlaggedAndHeldAgainstEachOther(@TempDir Path directory) {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100()
                                .power(Power.square(600, 150, 1.37, 0.8, 0))
                                .process(GpuProcess.self()),
                        GpuScript.rtx3090()
                                .withoutCounter()
                                .power(Power.sine(200, 120, 7.3))
                                .process(GpuProcess.self().sm(20))
                                .process(GpuProcess.of(1).sm(60)),
                        GpuScript.a100()
                                .power(Power.constant(300))
                                .counterGain(1.5)
                                .process(GpuProcess.self()),
                        GpuScript.a100().power(Power.constant(250)).process(GpuProcess.self()),
                        GpuScript.h100().power(Power.constant(500)).process(GpuProcess.of(1)))
                .fault(Fault.fail("*", 15).gpu(3).from(LOST_AT))
                .realTime()
                .install(directory);
        long end = nvml.nanoTime() + (long) (RUN_SECONDS * 1e9);
        List<RunningHost> hosts = new ArrayList<>();
        try {
            for (JavaHome home : JavaHome.all()) {
                hosts.add(HostJvm.on(home)
                        .agent("summary=full,sources=nvml,nvml-library=" + nvml.library())
                        .start(UntilInputEnds.class));
            }
            hosts.get(0).await("the end of the run", () -> nvml.nanoTime() - end > 0);
            List<Scrape> scrapes = hosts.stream()
                    .map(RunningHost::awaitEndpoint)
                    .map(Scrape::of)
                    .toList();
            hosts.forEach(RunningHost::endInput);
            for (int i = 0; i < hosts.size(); i++) {
                HostRun run = hosts.get(i).awaitExit();
                assertThat(run.exitCode()).as(run.stderr()).isZero();
                assertJournal(nvml, Summary.of(run));
                assertSummary(run);
                assertScrape(scrapes.get(i));
            }
        } finally {
            hosts.forEach(RunningHost::close);
        }
    }

    private static void assertJournal(FakeNvml nvml, Summary summary) {
        assertThat(summary.devices()).containsExactly("gpu-0", "gpu-1", "gpu-2", "gpu-3");
        for (int gpu = 0; gpu < 2; gpu++) {
            String device = "gpu-" + gpu;
            double truth = nvml.joules(gpu, summary.firstReadingNanos(device), summary.lastReadingNanos(device)) * 1e6;
            assertThat((double) summary.microjoules(device))
                    .as(device)
                    .isCloseTo(truth, Percentage.withPercentage(0.5));
        }
        assertThat(summary.microjoules("gpu-3") / 1e6).isBetween(250 * (LOST_AT - 10), 250 * (LOST_AT + 1));
        assertThat(summary.line().getAsJsonObject("others_microjoules").keySet())
                .containsExactly("gpu-4");
        double ofTheJvm = summary.line()
                .getAsJsonObject("process_microjoules")
                .getAsJsonObject("gpu")
                .get("modelled")
                .getAsDouble();
        assertThat(ofTheJvm / summary.microjoules("gpu-1"))
                .as("a quarter of the shared board")
                .isCloseTo(0.25, within(0.03));
    }

    private static void assertSummary(HostRun run) {
        String text = String.join("\n", run.summary()).replaceAll("\\s+", " ");

        assertThat(text)
                .contains("gpu-2 its counter and its power DISAGREE: the counter has ")
                .contains("gpu-3 LOST after ", "the GPU has fallen off the bus; its energy is counted up to")
                .contains("gpu-1 ", "of its energy is this JVM's, by SM utilisation (modelled)")
                .contains("devices of other programs, in no total: gpu-4 ");
        assertThat(run.stdout()).isEqualTo("the input has ended\n");
    }

    private static void assertScrape(Scrape scrape) {
        double ours = scrape.sum("wattle_energy_joules_total", "component=\"gpu\"");

        assertThat(ours).isPositive();
        assertThat(scrape.sum("wattle_energy_joules_total", "device=\"gpu-4\"")).isZero();
        assertThat(scrape.sum("wattle_others_energy_joules_total", "device=\"gpu-4\""))
                .isPositive();
        assertThat(scrape.sum("wattle_agent_crosscheck_ratio", "device=\"gpu-0\""))
                .isCloseTo(1, within(0.02));
        assertThat(scrape.sum("wattle_agent_crosscheck_ratio", "device=\"gpu-2\""))
                .isCloseTo(1.5, within(0.03));
        assertThat(scrape.sum("wattle_process_energy_joules_total", "component=\"gpu\",quality=\"counter\""))
                .isPositive()
                .isLessThan(ours);
    }

    @Test
    void eightGpusOfTheJvmsOwnStartWithoutAWordThatAsksNothing(@TempDir Path directory) {
        FakeNvml nvml = NvmlMachine.with(IntStream.range(0, 8)
                        .mapToObj(gpu ->
                                GpuScript.h100().power(Power.constant(300)).process(GpuProcess.self()))
                        .toArray(GpuScript[]::new))
                .realTime()
                .install(directory);
        HostRun run;
        try (RunningHost running = HostJvm.on(JavaHome.current())
                .agent("sources=nvml,zone=FR,nvml-library=" + nvml.library())
                .start(UntilInputEnds.class)) {
            URI endpoint = running.awaitEndpoint();
            running.await(
                    "the JVM's share of the GPUs",
                    () -> Scrape.of(endpoint).sum("wattle_process_energy_joules_total", "component=\"gpu\"") > 0);
            running.endInput();
            run = running.awaitExit();
        }

        assertThat(run.wattleLines()).singleElement().asString().startsWith("wattle: metering ");
    }

    @Test
    void theThreadsOfTheMeterAreDaemonsOfItsNameWithADriverToo(@TempDir Path directory) {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100()).realTime().install(directory);
        for (JavaHome home : JavaHome.all()) {
            TwoRuns runs = TwoRuns.of(
                    () -> HostJvm.on(home).jvmArguments("--enable-native-access=ALL-UNNAMED"),
                    "http=0,sources=nvml,nvml-library=" + nvml.library(),
                    ThreadCensus.class);

            assertThat(runs.with().stdout()).isEqualTo(runs.without().stdout());
            assertThat(runs.with().stderr()).contains("metering gpu-0 (counter)");
        }
    }

    @Test
    void aProgramsOwnJnaAndItsChoiceOfALogManagerAreUntouched(@TempDir Path directory) {
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100()).realTime().install(directory);
        String arguments = "sources=nvml,nvml-library=" + nvml.library();
        for (JavaHome home : JavaHome.all()) {
            // Newer JVMs warn of the first native call, whoever makes it; allowed, they have nothing to say.
            Supplier<HostJvm> host = () -> HostJvm.on(home)
                    .classPath(HostJvm.testClasses(), HostJvm.unpackedJna())
                    .jvmArguments("--enable-native-access=ALL-UNNAMED", "-Djna.nounpack=true")
                    .jvmArguments(
                            "-Djna.boot.library.path=" + HostJvm.unpackedJna().resolve("com/sun/jna/linux-x86-64"));

            HostRun ownJna = assertUndisturbed(TwoRuns.of(host, arguments, OwnJna.class));
            HostRun ownLogManager = assertUndisturbed(TwoRuns.of(host, arguments, OwnLogManager.class));

            assertThat(ownJna.stdout()).contains("pointer: 8");
            assertThat(ownJna.stderr()).contains("metering gpu-0 (counter)");
            assertThat(ownLogManager.stdout()).isEqualTo("Chosen\n");
            assertThat(ownLogManager.stderr()).contains("metering gpu-0 (counter)");
        }
    }
}
