/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.config.MlflowConfig;
import dev.wattle.agent.config.MlflowConfigs;
import dev.wattle.agent.http.OutgoingHttp;
import dev.wattle.agent.http.ProxySettings;
import dev.wattle.agent.http.RequestLimits;
import dev.wattle.agent.track.MlflowServer.Metric;
import dev.wattle.core.sampling.MeterThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowSinkTest {
    private static final RequestLimits IMPATIENT =
            new RequestLimits(Duration.ofMillis(500), Duration.ofMillis(500), 10_000);
    private static final List<Scalar> ONE = List.of(new Scalar("wattle/loss", 0.25, 1_795_870_951_250L, 3));

    @Test
    void logsABatchAsTheServerDocumentsIt() throws IOException {
        try (MlflowServer server = MlflowServer.start();
                MlflowSink sink = sink(server.url(), MlflowServer.RUN)) {
            assertThat(sink.deliver(ONE, Map.of("wattle.zone", "FR"))).isEqualTo(new Delivery.Done());

            assertThat(server.metrics()).containsExactly(new Metric("wattle/loss", 0.25, 1_795_870_951_250L, 3));
            assertThat(server.tags()).containsExactly(Map.entry("wattle.zone", "FR"));
        }
    }

    @Test
    void keepsToTheLimitsOfARequest() throws IOException {
        try (MlflowServer server = MlflowServer.start();
                MlflowSink sink = sink(server.url(), MlflowServer.RUN)) {
            List<Scalar> most = IntStream.range(0, sink.maxBatch())
                    .mapToObj(step -> new Scalar("wattle/loss", Math.PI, 1, step))
                    .toList();

            assertThat(sink.deliver(most, Map.of("a", "1", "b", "2"))).isEqualTo(new Delivery.Done());
            assertThat(server.metrics()).hasSize(most.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void triesAgainLaterWhereTheServerMayRecover(int status) throws IOException {
        try (MlflowServer server = MlflowServer.start();
                MlflowSink sink = sink(server.url(), MlflowServer.RUN)) {
            server.fail(status);

            assertThat(sink.deliver(ONE, Map.of()))
                    .isEqualTo(new Delivery.Later("status " + status + " (as the test  [31m asked)", Optional.empty()));
            assertThat(sink.deliver(ONE, Map.of())).isEqualTo(new Delivery.Done());
        }
    }

    @Test
    void namesTheRunThatTheServerDoesNotHave() throws IOException {
        try (MlflowServer server = MlflowServer.start();
                MlflowSink sink = sink(server.url(), "unknown")) {
            assertThat(sink.deliver(ONE, Map.of()))
                    .isInstanceOfSatisfying(
                            Delivery.Never.class,
                            never -> assertThat(never.why())
                                    .startsWith(
                                            "status 404 (Run with id= unknown  not found); is there a run unknown"));
        }
    }

    @Test
    void sendsTheTokenAndNeverShowsIt() throws IOException {
        try (MlflowServer server = MlflowServer.protectedBy("Bearer right");
                MlflowSink right = sink(MlflowConfigs.withToken(server.url(), MlflowServer.RUN, "right"));
                MlflowSink wrong = sink(MlflowConfigs.withToken(server.url(), MlflowServer.RUN, "wr0ng"))) {
            assertThat(right.deliver(ONE, Map.of())).isEqualTo(new Delivery.Done());
            assertThat(wrong.deliver(ONE, Map.of()))
                    .isInstanceOfSatisfying(
                            Delivery.Never.class,
                            never -> assertThat(never.why())
                                    .startsWith("status 401; MLFLOW_TRACKING_TOKEN")
                                    .doesNotContain("wr0ng"));
        }
    }

    @Test
    void givesUpOnAServerThatAnswersTooLateAndNamesNoSecretInItsPlace() throws IOException {
        try (MlflowServer server = MlflowServer.start();
                MlflowSink sink = sink(
                        MlflowConfigs.of(server.url().replace("//", "//ada:s3cret@"), MlflowServer.RUN), IMPATIENT)) {
            server.hang();

            assertThat(sink.deliver(ONE, Map.of()))
                    .isEqualTo(new Delivery.Later("no answer within 500 ms", Optional.empty()));
            assertThat(sink.place()).isEqualTo("MLflow at " + server.url());
        }
    }

    private static MlflowSink sink(String url, String run) {
        return sink(MlflowConfigs.of(url, run));
    }

    private static MlflowSink sink(MlflowConfig config) {
        return sink(config, RequestLimits.SMALL);
    }

    private static MlflowSink sink(MlflowConfig config, RequestLimits limits) {
        return new MlflowSink(config, new OutgoingHttp(new MeterThreads(), "mlflow", ProxySettings.NONE, limits));
    }
}
