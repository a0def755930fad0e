/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wattle.agent.Journal;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.EpochsUntilInputEnds;
import dev.wattle.agent.host.program.Trivial;
import dev.wattle.agent.track.EventFile.Event;
import dev.wattle.agent.track.MlflowServer.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training JVMs whose epochs go to trackers. */
class TrackersIT {
    private static final String NOBODY_LISTENS = "http://127.0.0.1:1";

    @Test
    void trackersHaveTheFiguresOfTheJournal() throws IOException {
        HostJvm jvm = HostJvm.on(JavaHome.current());
        Path logs = jvm.workingDirectory().resolve("logs");
        try (MlflowServer server = MlflowServer.protectedBy("Bearer t0ken=");
                RunningHost host = jvm.environment("MLFLOW_TRACKING_URI", server.url() + "/")
                        .environment("MLFLOW_RUN_ID", MlflowServer.RUN)
                        .environment("MLFLOW_TRACKING_TOKEN", "t0ken=")
                        .agent("sources=model,zone=FR,tensorboard=logs")
                        .start(EpochsUntilInputEnds.class)) {
            host.await("values", () -> server.metrics().size() >= 12);
            host.endInput();
            HostRun run = host.awaitExit();

            List<JsonObject> journal = new Journal(jvm.workingDirectory().resolve("runs")).objects();
            Set<Metric> expected = new HashSet<>();
            for (JsonObject line : journal) {
                if (line.get("type").getAsString().equals("epoch")) {
                    addEpoch(line, expected);
                }
            }
            JsonObject summary = journal.get(journal.size() - 1);
            assertThat(run.exitCode()).isZero();
            assertThat(withoutTimes(server.metrics().stream()
                            .filter(metric -> !metric.key().startsWith("wattle/run_"))
                            .toList()))
                    .hasSizeGreaterThan(12)
                    .isEqualTo(expected);
            assertThat(value(server, "wattle/run_energy_joules"))
                    .isEqualTo(sum(summary.getAsJsonObject("microjoules")) / 1e6);
            assertThat(value(server, "wattle/run_energy_kwh"))
                    .isEqualTo(summary.get("kwh").getAsDouble());
            assertThat(value(server, "wattle/run_co2e_grams"))
                    .isEqualTo(summary.get("co2e_grams").getAsDouble());
            assertThat(server.tags())
                    .containsEntry("wattle.zone", "FR")
                    .containsEntry("wattle.quality", "modelled")
                    .containsEntry("wattle.run", journal.get(0).get("run").getAsString());
            assertThat(events(logs)).isEqualTo(rounded(server.metrics()));
            assertThat(run.stderr()).doesNotContain("t0ken");
            assertThat(run.wattleLines()).noneMatch(line -> line.contains("MLflow") || line.contains("TensorBoard"));
        }
    }

    @Test
    void aServerThatIsDownCostsOneLine() {
        HostRun run = runWith(NOBODY_LISTENS, host -> host.awaitStderr("MLflow"));

        assertThat(run.wattleLines().stream().filter(line -> line.contains("MLflow")))
                .containsExactly("wattle: MLflow at " + NOBODY_LISTENS
                        + " gets no values now: 127.0.0.1:1 cannot be reached; they are kept and tried again");
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 429, 500, 0})
    void aServerThatRefusesFailsOrHangsCostsOneLine(int status) throws IOException {
        try (MlflowServer server = MlflowServer.start()) {
            if (status == 0) {
                server.hang();
            }
            for (int i = 0; i < 100; i++) {
                server.fail(status);
            }
            HostRun run = runWith(server.url(), host -> host.await("a request", () -> server.requests() > 0));

            assertThat(run.wattleLines().stream().filter(line -> line.contains("MLflow")))
                    .hasSize(1);
        }
    }

    @Test
    void theVariablesOfMlflowAloneTurnNothingOn() {
        HostRun run = HostJvm.on(JavaHome.current())
                .environment("MLFLOW_TRACKING_URI", NOBODY_LISTENS)
                .agent("sources=model")
                .run(Trivial.class);

        assertThat(run.wattleLines()).noneMatch(line -> line.contains("MLflow"));
    }

    @Tag("long")
    @Test
    void aKilledJvmLeavesAFileOfWholeRecords() {
        HostJvm jvm = HostJvm.on(JavaHome.current());
        Path logs = jvm.workingDirectory().resolve("logs");
        try (RunningHost host = jvm.agent("sources=model,tensorboard=logs").start(EpochsUntilInputEnds.class)) {
            host.await("events", () -> Files.isDirectory(logs) && events(logs).size() >= 12);
            host.kill();
            host.awaitExit();

            assertThat(EventFile.read(EventFile.in(logs)).leftBytes()).isZero();
        }
    }

    @Tag("long")
    @Test
    void aFullDiskCostsOneLine() throws IOException {
        HostJvm jvm = HostJvm.on(JavaHome.current());
        Path logs = Files.createDirectory(jvm.workingDirectory().resolve("logs"));
        try (RunningHost host = jvm.through(Tools.mounted(logs, "size=4k"))
                .agent("sources=model,tensorboard=logs")
                .start(EpochsUntilInputEnds.class)) {
            host.awaitStderr("TensorBoard's file");
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(run.exitCode()).isZero();
            assertThat(run.wattleLines().stream().filter(line -> line.contains("TensorBoard")))
                    .singleElement()
                    .asString()
                    .contains("No space left on device");
        }
    }

    private static HostRun runWith(String server, Consumer<RunningHost> untilTried) {
        HostJvm jvm = HostJvm.on(JavaHome.current());
        Path runs = jvm.workingDirectory().resolve("runs");
        try (RunningHost host = jvm.agent("sources=model,mlflow=" + server + ",mlflow-run=" + MlflowServer.RUN)
                .start(EpochsUntilInputEnds.class)) {
            host.await("epochs", () -> Files.isDirectory(runs) && new Journal(runs).tells("\"type\":\"epoch\""));
            untilTried.accept(host);
            host.endInput();
            HostRun ended = host.awaitExit();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.stdout()).isEmpty();
            assertThat(ended.foreignLines()).isEmpty();
            assertThat(new Journal(runs).last().get("type").getAsString()).isEqualTo("summary");
            return ended;
        }
    }

    private static void addEpoch(JsonObject line, Set<Metric> into) {
        int training = line.get("training").getAsInt();
        String prefix = training == 1 ? "wattle/" : "wattle/training_" + training + "/";
        long step = line.get("last").getAsLong();
        into.add(new Metric(prefix + "epoch_energy_joules", sum(line.getAsJsonObject("microjoules")) / 1e6, 0, step));
        into.add(new Metric(prefix + "epoch_co2e_grams", line.get("co2e_grams").getAsDouble(), 0, step));
        if (line.has("loss")) {
            into.add(new Metric(prefix + "loss", line.get("loss").getAsDouble(), 0, step));
        }
    }

    private static Set<Metric> withoutTimes(List<Metric> metrics) {
        Set<Metric> plain = new HashSet<>();
        metrics.forEach(metric -> plain.add(new Metric(metric.key(), metric.value(), 0, metric.step())));
        return plain;
    }

    private static double value(MlflowServer server, String key) {
        return server.metrics().stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static double sum(JsonObject microjoules) {
        return microjoules.entrySet().stream()
                .map(Map.Entry::getValue)
                .mapToLong(JsonElement::getAsLong)
                .sum();
    }

    private static Set<Event> events(Path logs) {
        String[] names = logs.toFile().list();
        return names == null || names.length == 0
                ? Set.of()
                : new HashSet<>(EventFile.read(EventFile.in(logs)).events());
    }

    private static Set<Event> rounded(List<Metric> metrics) {
        Set<Event> events = new HashSet<>();
        metrics.forEach(metric ->
                events.add(new Event(metric.timestamp() / 1e3, metric.step(), metric.key(), (float) metric.value())));
        return events;
    }
}
