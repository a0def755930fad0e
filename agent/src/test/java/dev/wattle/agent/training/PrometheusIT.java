/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.UntilInputEnds;
import dev.wattle.agent.training.Prometheus.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Prometheus, with the configuration that the documentation ships, keeps what the endpoint says. */
class PrometheusIT {
    private static final Path SHIPPED = Path.of("..", "docs", "prometheus");
    private static final Path CONFIGURATION = SHIPPED.resolve("prometheus.yml");
    private static final List<String> RULES = List.of("wattle-recording.yml", "wattle-alerts.yml");
    private static final String DOCUMENTED_TARGET = "127.0.0.1:9474";
    private static final int MORE_EPOCHS_THAN_THE_TEST_WAITS_FOR = 100_000;

    @Test
    void promtoolAcceptsTheShippedConfiguration() throws Exception {
        assertThat(promtool("", "check", "config", CONFIGURATION.toString())).contains("SUCCESS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wattle-recording.yml", "wattle-alerts.yml"})
    void promtoolAcceptsTheShippedRules(String rules) throws Exception {
        assertThat(promtool("", "check", "rules", SHIPPED.resolve(rules).toString()))
                .contains("SUCCESS");
    }

    @Test
    void theShippedRulesComputeAndAlertAsTheirTestsSay() throws Exception {
        assertThat(promtool(
                        "",
                        "test",
                        "rules",
                        SHIPPED.resolve("wattle-rules-test.yml").toString()))
                .contains("SUCCESS");
    }

    @Test
    void storesWhatTheEndpointOfATrainingJvmSays() throws Exception {
        Path directory = directory();
        HostJvm jvm = HostJvm.on(JavaHome.current())
                .agent("sources=model,budget=2kWh,epochs=" + MORE_EPOCHS_THAN_THE_TEST_WAITS_FOR
                        + ",labels=team:vision,cost-centre:7,run:mine");
        try (RunningHost host = Example.DL4J.start(jvm, MORE_EPOCHS_THAN_THE_TEST_WAITS_FOR)) {
            URI endpoint = host.awaitEndpoint();
            host.awaitStdout("epoch 1 ");
            Path configuration = configuration(endpoint, directory);
            try (Prometheus prometheus = Prometheus.start(configuration, directory)) {
                Scrape before = Scrape.of(endpoint);
                double scraped = System.currentTimeMillis() / 1e3;
                List<Stored> stored = prometheus.awaitStored(
                        "{__name__=~\"wattle_energy_joules_total|wattle_training_.*_total\"}", scraped);
                prometheus.awaitStored("wattle_training_projected_energy_high_joules", scraped);
                Scrape after = Scrape.of(endpoint);

                assertThat(stored)
                        .extracting(Stored::series)
                        .anyMatch(series -> series.startsWith("wattle_energy_joules_total{"))
                        .contains(
                                "wattle_training_iterations_total{framework=\"dl4j\",phase=\"train\"}",
                                "wattle_training_epochs_total{framework=\"dl4j\",phase=\"train\"}",
                                "wattle_training_samples_total{framework=\"dl4j\",phase=\"train\"}",
                                "wattle_training_energy_joules_total{component=\"cpu\",framework=\"dl4j\",phase=\"train\"}",
                                "wattle_training_energy_joules_total{component=\"cpu\",framework=\"none\",phase=\"outside\"}");
                assertThat(stored)
                        .allSatisfy(sample -> assertThat(sample.value())
                                .isBetween(
                                        before.series().get(sample.series()),
                                        after.series().get(sample.series())));
                assertThat(after.series())
                        .containsKeys(
                                "wattle_training_loss{framework=\"dl4j\"}",
                                "wattle_training_epoch{framework=\"dl4j\"}",
                                "wattle_training_epoch_duration_seconds{framework=\"dl4j\"}",
                                "wattle_training_epoch_energy_joules{component=\"cpu\",framework=\"dl4j\",quality=\"modelled\"}",
                                "wattle_training_projected_energy_joules{framework=\"dl4j\"}",
                                "wattle_training_projected_end_seconds{framework=\"dl4j\"}")
                        .containsEntry("wattle_training_planned_epochs{framework=\"dl4j\"}", (double)
                                MORE_EPOCHS_THAN_THE_TEST_WAITS_FOR);
                assertThat(prometheus.awaitStored("wattle_run_info", scraped))
                        .extracting(Stored::series)
                        .allSatisfy(series -> assertThat(series)
                                .contains("team=\"vision\"", "cost_centre=\"7\"", "label_run=\"mine\""));
                assertThat(prometheus.awaitStored("wattle_device_info", scraped))
                        .extracting(Stored::series)
                        .allSatisfy(series -> assertThat(series).contains("source=\"model\""));
                answersTheDashboard(prometheus);
                assertThat(promtool(after.text(), "check", "metrics"))
                        .as("complaints about\n%s", after.text())
                        .isEmpty();
            }
        }
    }

    /** All but what needs a GPU with two sensors, and what the rules record once a minute. */
    private static void answersTheDashboard(Prometheus prometheus) {
        Dashboard dashboard = Dashboard.read(SHIPPED.resolve("grafana-dashboard.json"));
        dashboard.selectors().forEach(prometheus::awaitResult);
        for (String query : dashboard.queries()) {
            if (query.contains("wattle_agent_crosscheck_ratio") || query.contains(":wattle_")) {
                assertThat(prometheus.result(query)).isNotNegative();
            } else {
                assertThat(prometheus.awaitResult(query)).isPositive();
            }
        }
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "'bearer:t0ken=', '    authorization: {credentials: t0ken=}\n'",
        "'basic:ada:se:same', '    basic_auth: {username: ada, password: \"se:same\"}\n'",
    })
    void showsTheCredentialsThatTheEndpointAsksFor(String credentials, String setting) throws Exception {
        Path directory = directory();
        HostJvm jvm = HostJvm.on(JavaHome.current())
                .environment("WATTLE_HTTP_AUTH", credentials)
                .agent();
        try (RunningHost host = jvm.start(UntilInputEnds.class)) {
            URI endpoint = host.awaitEndpoint();
            Path configuration = configuration(endpoint, directory);
            Files.writeString(
                    configuration,
                    Files.readString(configuration).replace("    static_configs:", setting + "    static_configs:"));
            assertThatThrownBy(() -> Scrape.get(endpoint)).hasMessageContaining("answered 401");
            try (Prometheus prometheus = Prometheus.start(configuration, directory)) {
                assertThat(prometheus.awaitStored("wattle_agent_ticks_total", 0))
                        .isNotEmpty();
            }
        }
    }

    private static Path configuration(URI endpoint, Path directory) throws IOException {
        String shipped = Files.readString(CONFIGURATION);
        assertThat(shipped).containsOnlyOnce(DOCUMENTED_TARGET);
        for (String rules : RULES) {
            Files.copy(SHIPPED.resolve(rules), directory.resolve(rules));
        }
        return Files.writeString(
                directory.resolve("prometheus.yml"), shipped.replace(DOCUMENTED_TARGET, endpoint.getAuthority()));
    }

    private static Path directory() throws IOException {
        Path target = Files.createDirectories(Path.of("target", "prometheus").toAbsolutePath());
        return Files.createTempDirectory(target, "run-");
    }

    /** What it printed on both streams; fails where it ended with anything but 0 and printed nothing. */
    private static String promtool(String input, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Tools.program("promtool").toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        Process promtool = builder.start();
        try (OutputStream stdin = promtool.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = promtool.waitFor();
        assertThat(exit).as(said).isZero();
        return said;
    }
}
