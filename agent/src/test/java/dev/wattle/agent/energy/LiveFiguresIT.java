/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.agent.Journal;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.program.EpochsUntilInputEnds;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks a run again and again finds figures that add up each time, and none that counts ever falls. */
class LiveFiguresIT {
    private static final int QUESTIONS = 150;

    private final Map<String, Double> highest = new HashMap<>();

    @Test
    void phasesAddUpToTheDevicesAndNothingThatCountsFallsHoweverOftenOneAsks(@TempDir Path sys) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys);
                RunningHost host = HostJvm.on(JavaHome.current())
                        .agent("interval=20ms,sources=powercap,powercap-root=" + machine.powercap())
                        .start(EpochsUntilInputEnds.class)) {
            machine.start();
            URI metrics = host.awaitEndpoint();
            URI run = metrics.resolve("/run");
            host.await("two epochs", () -> epochs(read(run)) > 1);

            for (int i = 0; i < QUESTIONS; i++) {
                JsonObject figures = read(run);
                assertAddsUp(figures);
                assertNeverFalls(figures);
                if (i % 10 == 0) {
                    Map<String, Double> series = Scrape.of(metrics).series();
                    series.forEach((name, value) -> {
                        if (name.contains("_total")) {
                            rises(name, value);
                        }
                    });
                    assertThat(sum(series, "wattle_training_energy_joules_total")
                                    + sum(series, "wattle_training_pending_joules"))
                            .as("the phases of one scrape")
                            .isCloseTo(sum(series, "wattle_energy_joules_total"), within(1e-6));
                }
            }
            host.endInput();
            HostRun ended = host.awaitExit();
            assertThat(ended.exitCode()).isZero();

            List<JsonObject> totals = totals(ended);
            assertThat(totals).isNotEmpty();
            highest.clear();
            for (JsonObject figures : totals) {
                assertAddsUp(figures);
                assertPhasesNeverFall(figures);
            }
            assertThat(phases(totals.get(totals.size() - 1))).doesNotContainKey("none pending");
        }
    }

    private static double sum(Map<String, Double> series, String meter) {
        return series.entrySet().stream()
                .filter(one -> one.getKey().startsWith(meter + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static List<JsonObject> totals(HostRun run) {
        return new Journal(run.workingDirectory().resolve("runs"))
                .objects().stream().filter(line -> line.has("phases")).toList();
    }

    private static JsonObject read(URI run) {
        return JsonParser.parseString(Scrape.get(run)).getAsJsonObject();
    }

    private static long epochs(JsonObject figures) {
        long epochs = 0;
        for (JsonElement training : figures.getAsJsonArray("trainings")) {
            epochs += training.getAsJsonObject().get("epochs").getAsLong();
        }
        return epochs;
    }

    private static void assertAddsUp(JsonObject figures) {
        Map<String, Long> devices = new HashMap<>();
        figures.getAsJsonObject("microjoules")
                .asMap()
                .forEach((device, microjoules) -> devices.put(device, microjoules.getAsLong()));
        for (JsonElement phase : figures.getAsJsonArray("phases")) {
            phase.getAsJsonObject()
                    .getAsJsonObject("microjoules")
                    .asMap()
                    .forEach((device, part) -> devices.merge(device, -part.getAsLong(), Long::sum));
        }
        assertThat(devices)
                .as("what no phase has")
                .isNotEmpty()
                .allSatisfy((device, rest) -> assertThat(rest).isZero());
    }

    private void assertNeverFalls(JsonObject figures) {
        assertPhasesNeverFall(figures);
        for (JsonElement each : figures.getAsJsonArray("trainings")) {
            JsonObject training = each.getAsJsonObject();
            String name = training.get("name").getAsString();
            for (String count : List.of("epochs", "iterations", "samples")) {
                rises(name + " " + count, training.get(count).getAsDouble());
            }
            training.getAsJsonObject("microjoules_by_phase")
                    .asMap()
                    .forEach((phase, energy) -> rises(name + " " + phase, energy.getAsDouble()));
        }
    }

    private void assertPhasesNeverFall(JsonObject figures) {
        phases(figures).forEach((phase, microjoules) -> {
            if (!phase.equals("none pending")) {
                rises(phase, microjoules);
            }
        });
    }

    private static Map<String, Double> phases(JsonObject figures) {
        Map<String, Double> phases = new HashMap<>();
        for (JsonElement each : figures.getAsJsonArray("phases")) {
            JsonObject phase = each.getAsJsonObject();
            double sum = 0;
            for (JsonElement part : phase.getAsJsonObject("microjoules").asMap().values()) {
                sum += part.getAsDouble();
            }
            phases.put(
                    phase.get("framework").getAsString() + " "
                            + phase.get("phase").getAsString(),
                    sum);
        }
        return phases;
    }

    private void rises(String what, double value) {
        Double before = highest.put(what, value);
        assertThat(value).as(what).isGreaterThanOrEqualTo(before == null ? 0 : before);
    }
}
