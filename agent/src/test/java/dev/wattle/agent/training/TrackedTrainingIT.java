/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wattle.agent.Journal;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.track.MlflowServer;
import dev.wattle.agent.track.MlflowServer.Metric;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trainings of the frameworks, whose epochs go to MLflow. */
class TrackedTrainingIT {
    private static final int EPOCHS = 3;

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"DL4J", "DJL_EASY"})
    void theServerHasEachEpochOfTheJournal(Example example) throws IOException {
        HostJvm jvm = HostJvm.on(JavaHome.current());
        try (MlflowServer server = MlflowServer.start();
                RunningHost host = example.start(
                        jvm.environment("MLFLOW_TRACKING_URI", server.url())
                                .environment("MLFLOW_RUN_ID", MlflowServer.RUN)
                                .agent("sources=model"),
                        EPOCHS)) {
            host.await("all epochs", () -> count(server, "wattle/epoch_energy_joules") == EPOCHS);
            host.endInput();
            HostRun run = host.awaitExit();

            List<JsonObject> epochs = new Journal(jvm.workingDirectory().resolve("runs"))
                    .objects().stream()
                            .filter(line -> line.get("type").getAsString().equals("epoch"))
                            .toList();
            assertThat(run.exitCode()).isZero();
            assertThat(epochs).hasSize(EPOCHS);
            for (JsonObject epoch : epochs) {
                long step = epoch.get("last").getAsLong();
                assertThat(value(server, "wattle/epoch_energy_joules", step))
                        .isEqualTo(
                                epoch.getAsJsonObject("microjoules").get("cpu").getAsLong() / 1e6);
                assertThat(value(server, "wattle/epoch_co2e_grams", step))
                        .isEqualTo(epoch.get("co2e_grams").getAsDouble());
                assertThat(value(server, "wattle/loss", step))
                        .isEqualTo(epoch.get("loss").getAsDouble());
            }
            assertThat(count(server, "wattle/run_energy_kwh")).isEqualTo(1);
        }
    }

    private static long count(MlflowServer server, String key) {
        return server.metrics().stream()
                .filter(metric -> metric.key().equals(key))
                .count();
    }

    private static double value(MlflowServer server, String key, long step) {
        List<Metric> found = server.metrics().stream()
                .filter(metric -> metric.key().equals(key) && metric.step() == step)
                .toList();
        assertThat(found).as(key + " of epoch " + step).hasSize(1);
        return found.get(0).value();
    }
}
