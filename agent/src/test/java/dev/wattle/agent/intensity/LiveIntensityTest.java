/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.agent.config.AgentConfig;
import dev.wattle.agent.config.LiveConfigs;
import dev.wattle.agent.http.LocalServer;
import dev.wattle.agent.http.LocalServer.Reply;
import dev.wattle.agent.http.LocalServer.Request;
import dev.wattle.agent.http.OutgoingHttp;
import dev.wattle.agent.http.ProxySettings;
import dev.wattle.agent.http.RequestLimits;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.EmissionBasis;
import dev.wattle.core.carbon.IntensityHistory.Hour;
import dev.wattle.core.carbon.ZoneKind;
import dev.wattle.core.sampling.MeterThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The services by their documented answers, from a server on this machine, and what comes of all others. */
@Timeout(60)
class LiveIntensityTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final String FRANCE = "live-intensity=electricitymaps,zone=FR";
    private static final String FRENCH_103 = "{\"zone\":\"FR\",\"carbonIntensity\":103,"
            + "\"datetime\":\"2026-11-28T12:00:00.000Z\",\"updatedAt\":\"2026-11-28T11:53:20.794Z\","
            + "\"emissionFactorType\":\"lifecycle\",\"isEstimated\":true,\"estimationMethod\":\"TIME_SLICER_AVERAGE\"}";
    private static final String UK_SHAPE = "{\"data\":[{\"from\":\"2026-11-28T12:00Z\",\"to\":\"2026-11-28T12:30Z\","
            + "\"intensity\":{\"forecast\":266,\"actual\":%s,\"index\":\"moderate\"}}]}";

    private final MeterThreads threads = new MeterThreads();
    private final List<String> lines = new ArrayList<>();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final LocalServer server = LocalServer.start(this::next);
    private final OutgoingHttp http = new OutgoingHttp(
            threads,
            "test",
            ProxySettings.NONE,
            new RequestLimits(Duration.ofSeconds(20), Duration.ofMillis(1_500), 100_000));

    private Function<Request, Reply> otherwise = request -> Reply.json(FRENCH_103);

    private synchronized Reply next(Request request) {
        Reply reply = replies.poll();
        return reply == null ? otherwise.apply(request) : reply;
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        server.close();
    }

    @Test
    void readsElectricityMaps() {
        LiveIntensity live = live(FRANCE, "secret-token");

        assertThat(live.ask(NOW)).isEqualTo(Duration.ofMinutes(5));

        assertThat(live.figure())
                .contains(new LiveFigure(
                        new CarbonIntensity(
                                103,
                                "FR",
                                "Electricity Maps",
                                2026,
                                ZoneKind.LIFECYCLE,
                                EmissionBasis.CONSUMPTION,
                                "electricitymaps"),
                        true));
        Request sent = server.requests().get(0);
        assertThat(sent.target()).isEqualTo("/v3/carbon-intensity/latest?zone=FR");
        assertThat(sent.headers()).containsEntry("auth-token", "secret-token");
        assertThat(lines)
                .containsExactly("live carbon intensity: FR at 103.0 g/kWh, lifecycle, consumption, estimated, from"
                        + " Electricity Maps");
    }

    @Test
    void asksElectricityMapsAboutACloudRegion() {
        LiveIntensity live = live("live-intensity=electricitymaps,zone=aws:eu-west-3", "t");
        live.ask(NOW);
        assertThat(server.requests().get(0).target())
                .isEqualTo("/v3/carbon-intensity/latest?dataCenterProvider=aws&dataCenterRegion=eu-west-3");
        assertThat(live.figure()).isPresent();
    }

    @Test
    void readsTheUksActualFigureAndItsForecastWhereThereIsNone() {
        LiveIntensity live = live("live-intensity=uk", null);
        replies.add(Reply.json(String.format(UK_SHAPE, "263")));
        replies.add(Reply.json(String.format(UK_SHAPE, "null")));

        live.ask(NOW);
        LiveFigure actual = live.figure().orElseThrow();
        live.ask(NOW);
        LiveFigure forecast = live.figure().orElseThrow();

        assertThat(actual.intensity().gramsPerKwh()).isEqualTo(263);
        assertThat(actual.intensity().zone()).isEqualTo("GB");
        assertThat(actual.intensity().kind()).isEqualTo(ZoneKind.DIRECT);
        assertThat(actual.estimated()).isFalse();
        assertThat(forecast.intensity().gramsPerKwh()).isEqualTo(266);
        assertThat(forecast.estimated()).isTrue();
        assertThat(server.requests()).allSatisfy(sent -> {
            assertThat(sent.target()).isEqualTo("/intensity");
            assertThat(sent.headers()).doesNotContainKeys("authorization", "auth-token");
        });
    }

    @Test
    void readsARegionOfTheUk() {
        LiveIntensity live = live("live-intensity=uk,live-intensity-zone=13", null);
        otherwise = request -> Reply.json("{\"data\":[{\"regionid\":13,\"shortname\":\"London\",\"data\":[{"
                + "\"from\":\"2026-11-28T12:00Z\",\"to\":\"2026-11-28T12:30Z\","
                + "\"intensity\":{\"forecast\":112,\"index\":\"low\"}}]}]}");
        live.ask(NOW);
        assertThat(server.requests().get(0).target()).isEqualTo("/regional/regionid/13");
        assertThat(live.figure().orElseThrow().intensity().gramsPerKwh()).isEqualTo(112);
        assertThat(live.figure().orElseThrow().intensity().zone()).isEqualTo("GB-13");
    }

    @Test
    void readsWattTimeAsMarginalInGramsAndLogsInAgainWhenItsTokenHasExpired() {
        LiveIntensity live = live("live-intensity=watttime,live-intensity-zone=CAISO_NORTH", "me:pass");
        otherwise = request -> request.target().equals("/login")
                ? Reply.json("{\"token\":\"session\"}")
                : Reply.json("{\"data\":[{\"point_time\":\"2026-11-28T11:55:00+00:00\",\"value\":900},"
                        + "{\"point_time\":\"2026-11-28T12:00:00+00:00\",\"value\":1000},"
                        + "{\"point_time\":\"2026-11-28T12:05:00+00:00\",\"value\":1100}],"
                        + "\"meta\":{\"region\":\"CAISO_NORTH\",\"signal_type\":\"co2_moer\","
                        + "\"units\":\"lbs_co2_per_mwh\"}}");

        live.ask(NOW);
        CarbonIntensity intensity = live.figure().orElseThrow().intensity();
        assertThat(intensity.gramsPerKwh()).isCloseTo(453.59237, within(1e-9));
        assertThat(intensity.basis()).isEqualTo(EmissionBasis.MARGINAL);
        assertThat(intensity.source()).isEqualTo("watttime-marginal");
        assertThat(lines).singleElement().asString().contains("marginal");
        replies.add(Reply.of(401, "", "{\"error\":\"expired\"}"));
        live.ask(NOW);

        String basic = "Basic " + Base64.getEncoder().encodeToString("me:pass".getBytes(StandardCharsets.UTF_8));
        assertThat(server.requests())
                .extracting(sent -> sent.target().replaceFirst("\\?.*", "") + " "
                        + sent.headers().get("authorization"))
                .containsExactly(
                        "/login " + basic,
                        "/v3/forecast Bearer session",
                        "/v3/forecast Bearer session",
                        "/login " + basic,
                        "/v3/forecast Bearer session");
        assertThat(live.figure()).isPresent();
    }

    @Test
    void aFigureStaysInUseForAnHourWhileTheServiceFails() {
        LiveIntensity live = live(FRANCE, "t");
        live.ask(NOW);
        otherwise = request -> Reply.of(503, "", "");

        live.ask(NOW.plus(Duration.ofMinutes(59)));
        assertThat(live.figure()).isPresent();
        assertThat(lines).hasSize(1);
        live.ask(NOW.plus(Duration.ofMinutes(61)));
        live.ask(NOW.plus(Duration.ofMinutes(62)));
        assertThat(live.figure()).isEmpty();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .isEqualTo(
                        "no live carbon intensity from Electricity Maps: it answers with status 503; meanwhile CO2e uses"
                                + " the table: FR at 41.79 g/kWh, lifecycle, generation, 2025");
        otherwise = request -> Reply.json(FRENCH_103);
        live.ask(NOW.plus(Duration.ofMinutes(63)));
        assertThat(live.figure()).isPresent();
        assertThat(lines).hasSize(3);
    }

    @Test
    void aServiceWithoutAFigureLeavesTheTableAtOnce() {
        LiveIntensity live = live(FRANCE, "t");
        live.ask(NOW);
        otherwise = request -> Reply.json(FRENCH_103.replace("103", "null"));

        assertThat(live.ask(NOW.plusSeconds(300))).isEqualTo(Duration.ofMinutes(5));

        assertThat(live.figure()).isEmpty();
        assertThat(lines.get(1)).contains("it has no figure for FR now");
    }

    @Test
    void waitsLongerAfterEachFailureAndAsLongAsItIsAskedTo() {
        LiveIntensity live = live(FRANCE, "t");
        otherwise = request -> Reply.of(500, "", "");
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            seconds.add(live.ask(NOW).toSeconds());
        }
        assertThat(seconds).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 1800L, 1800L);
        otherwise = request -> Reply.of(429, "Retry-After: 4000\r\n", "");
        assertThat(live.ask(NOW)).isEqualTo(Duration.ofSeconds(4000));
        otherwise = request -> Reply.of(429, "Retry-After: 99999999\r\n", "");
        assertThat(live.ask(NOW)).isEqualTo(Duration.ofHours(24));
        otherwise = request -> Reply.json(FRENCH_103);
        assertThat(live.ask(NOW)).isEqualTo(Duration.ofMinutes(5));
        otherwise = request -> Reply.of(500, "", "");
        assertThat(live.ask(NOW)).isEqualTo(Duration.ofSeconds(10));
        assertThat(lines).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "null",
                "{}",
                "{\"zone\":\"FR\"",
                "{\"zone\":\"FR\",\"carbonIntensity\":\"many\"}",
                "{\"zone\":\"FR\",\"carbonIntensity\":-5}",
                "{\"zone\":\"FR\",\"carbonIntensity\":1e9}",
                "{\"zone\":\"FR\",\"carbonIntensity\":{}}",
                "{\"zone\":[],\"carbonIntensity\":5}",
                "{\"carbonIntensity\":5}",
            })
    void anAnswerThatIsNotAsDocumentedLeavesTheTable(String body) {
        LiveIntensity live = live(FRANCE, "t");
        otherwise = request -> Reply.json(body);
        live.ask(NOW);
        assertThat(live.figure()).isEmpty();
        assertThat(lines)
                .singleElement()
                .asString()
                .containsAnyOf("its answer is not as documented", "it has no figure for FR now");
    }

    @Test
    void anAnswerNestedAHundredThousandDeepLeavesTheTable() {
        LiveIntensity live = live(FRANCE, "t");
        otherwise = request -> Reply.json("[".repeat(99_000));
        live.ask(NOW);
        assertThat(live.figure()).isEmpty();
    }

    @Test
    void anotherZoneThanTheOneAskedAboutIsNotUsed() {
        LiveIntensity live = live(FRANCE, "t");
        otherwise = request -> Reply.json(FRENCH_103.replace("FR", "DE"));
        live.ask(NOW);
        assertThat(live.figure()).isEmpty();
        assertThat(lines).singleElement().asString().contains("it answers for zone DE in place of FR");
    }

    @Test
    void silenceAndTruncationLeaveTheTableWithinTheDeadline() {
        LiveIntensity live = live(FRANCE, "t");
        replies.add(Reply.thenHangs(""));
        replies.add(Reply.thenHangs("HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n{\"zone\":"));
        replies.add(Reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n{\"zone\":"));
        for (int i = 0; i < 3; i++) {
            live.ask(NOW);
            assertThat(live.figure()).isEmpty();
        }
        assertThat(lines).singleElement().asString().contains("no answer within 1500 ms");
        live.ask(NOW);
        assertThat(live.figure()).isPresent();
    }

    @Test
    void readsTheDayOfEachServiceOnceAnHour() {
        LiveIntensity live = live(FRANCE, "t");
        replies.add(Reply.json(FRENCH_103));
        replies.add(Reply.json("{\"zone\":\"FR\",\"history\":[{\"zone\":\"FR\",\"carbonIntensity\":50,"
                + "\"datetime\":\"2026-11-28T01:00:00.000Z\"},{\"carbonIntensity\":null,"
                + "\"datetime\":\"2026-11-28T02:00:00.000Z\"},{\"carbonIntensity\":40,"
                + "\"datetime\":\"2026-11-28T00:00:00.000Z\"}]}"));
        live.askDay(NOW);
        assertThat(server.requests()).isEmpty();
        live.ask(NOW);
        live.askDay(NOW);
        live.askDay(NOW.plusSeconds(3_599));
        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1).target()).isEqualTo("/v3/carbon-intensity/history?zone=FR");
        assertThat(live.day())
                .containsExactly(
                        new Hour(Instant.parse("2026-11-28T00:00:00Z"), 40),
                        new Hour(Instant.parse("2026-11-28T01:00:00Z"), 50));
        otherwise = request -> Reply.json("garbage");
        live.askDay(NOW.plusSeconds(3_600));
        assertThat(live.day()).hasSize(2);
        assertThat(lines).hasSize(1);
    }

    @Test
    void readsTheDayOfTheUk() {
        LiveIntensity live = live("live-intensity=uk", null);
        otherwise = request -> Reply.json(String.format(UK_SHAPE, "263"));
        live.ask(NOW);
        live.askDay(NOW);
        assertThat(server.requests().get(1).target()).isEqualTo("/intensity/date");
        assertThat(live.day()).containsExactly(new Hour(NOW, 263));
    }

    @Test
    void saysHowToNameTheZoneWhereTheServiceDoesNotKnowIt() {
        LiveIntensity live = live("live-intensity=electricitymaps,live-intensity-zone=XX-YY", "t");
        otherwise = request -> Reply.of(404, "", "{\"error\":\"No data for zone\"}");
        live.ask(NOW);
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("it does not know the zone (status 404);" + " live-intensity-zone sets it");
    }

    @Test
    void aServiceThatComesAndGoesIsReportedTenTimes() {
        LiveIntensity live = live(FRANCE, "t");
        for (int i = 0; i < 20; i++) {
            otherwise = request -> Reply.json(FRENCH_103);
            live.ask(NOW);
            otherwise = request -> Reply.json(FRENCH_103.replace("103", "null"));
            live.ask(NOW);
        }
        assertThat(lines).hasSize(10);
        assertThat(lines.get(9)).endsWith("(the journal has all further changes)");
    }

    private LiveIntensity live(String arguments, @Nullable String token) {
        AgentConfig config = LiveConfigs.of(
                arguments + ",live-intensity-url=" + server.uri(""),
                token == null ? Map.of() : Map.of("WATTLE_LIVE_INTENSITY_TOKEN", token));
        return new LiveIntensity(config.live().orElseThrow(), config.carbon().intensity(), http::send, lines::add);
    }
}
