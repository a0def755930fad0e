/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.wattle.agent.Journal;
import dev.wattle.agent.browser.Browser;
import dev.wattle.agent.browser.PageLayout;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.program.EpochsUntilInputEnds;
import dev.wattle.probes.nvml.FakeNvml;
import dev.wattle.probes.nvml.GpuProcess;
import dev.wattle.probes.nvml.GpuScript;
import dev.wattle.probes.nvml.NvmlMachine;
import dev.wattle.probes.nvml.Power;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page of a real run with processors and GPUs that draw known powers, while it lasts, at its end and after a kill. */
@Tag("long")
class LivePageIT {
    private static final double GPU_WATTS = 400;
    private static final String POWER = "document.querySelector('#power .chart').chart";

    @Test
    void showsTheRunWhileItLastsAndItsLastFiguresAtTheEnd(@TempDir Path sys, @TempDir Path directory) throws Exception {
        FakeNvml nvml = NvmlMachine.with(
                        GpuScript.h100().power(Power.constant(GPU_WATTS)).process(GpuProcess.self()))
                .realTime()
                .install(directory);
        String agent = "sources=powercap+nvml,interval=50ms,nvml-library=" + nvml.library() + ",powercap-root=";
        try (DrivenMachine machine = DrivenMachine.start(sys);
                Browser browser = Browser.start();
                RunningHost host = HostJvm.on(JavaHome.current())
                        .agent(agent + machine.powercap())
                        .start(EpochsUntilInputEnds.class)) {
            URI page = host.awaitEndpoint().resolve("/");
            browser.open(page);
            browser.await(
                    "the power of the GPU", POWER + ".data()[0].length > 2 && " + gpu() + ".some(w => w !== null)");
            browser.await("epochs", "document.querySelectorAll('#trainings tbody tr').length > 2");

            assertThat(browser.number(gpu() + ".findLast(w => w !== null)")).isCloseTo(GPU_WATTS, within(60.0));
            assertThat(PageLayout.faults(browser)).isEmpty();
            host.endInput();
            browser.await("the end", "document.getElementById('state').className !== 'live'");

            HostRun run = host.awaitExit();
            assertThat(run.exitCode()).isZero();
            assertThat(browser.text("document.getElementById('state').textContent"))
                    .isEqualTo("ended: final figures");
            JsonObject summary = summary(run);
            double joules = summary.getAsJsonObject("microjoules").entrySet().stream()
                            .mapToLong(device -> device.getValue().getAsLong())
                            .sum()
                    / 1e6;
            double grams = summary.get("co2e_grams").getAsDouble();
            assertThat(browser.text("document.getElementById('tiles').innerText"))
                    .contains(browser.text("wattleCharts.quantity('joules', " + joules + ")"))
                    .contains(browser.text("wattleCharts.quantity('grams', " + grams + ")"));
            assertThat(browser.problems()).isEmpty();
            assertThat(browser.requests()).allMatch(request -> request.startsWith(page.toString()));
        }
    }

    @Test
    void saysWhereARunWasKilledThatItsLastFiguresMayBeMissing() {
        try (Browser browser = Browser.start();
                RunningHost host = HostJvm.on(JavaHome.current()).agent().start(EpochsUntilInputEnds.class)) {
            browser.open(host.awaitEndpoint().resolve("/"));
            browser.await("the run", "document.getElementById('state').className === 'live'");

            host.kill();

            browser.await("the loss", "document.getElementById('state').className === 'lost'");
            assertThat(browser.text("document.querySelector('header').innerText"))
                    .contains("perhaps not the last");
        }
    }

    /** The curve of the GPU: the last device of the chart, time and sum before. */
    private static String gpu() {
        return POWER + ".data().at(-1)";
    }

    private static JsonObject summary(HostRun run) {
        List<JsonObject> lines = new Journal(run.workingDirectory().resolve("runs"))
                .objects().stream()
                        .filter(line -> line.get("type").getAsString().equals("summary"))
                        .toList();
        return lines.get(lines.size() - 1);
    }
}
