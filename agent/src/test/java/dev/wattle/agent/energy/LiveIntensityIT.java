/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.program.OneEpochUntilInputEnds;
import dev.wattle.agent.http.LocalServer;
import dev.wattle.agent.http.LocalServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real runs with a service beside them: each part of the energy has the intensity that the service stated for it. */
@Tag("long")
class LiveIntensityIT {
    private static final String TOKEN = "t0ken-that-nobody-may-see";
    private static final double TABLE_GRAMS = 41.79;
    private static final double MICROJOULES_PER_KWH = 3.6e12;

    private volatile int grams = 100;

    @ParameterizedTest
    @MethodSource("dev.wattle.agent.host.JavaHome#all")
    void energyIsWeightedIntervalByInterval(JavaHome home, @TempDir Path sys) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys);
                LocalServer server = LocalServer.start(
                        request -> request.target().contains("/history") ? history() : electricityMaps(grams))) {
            machine.start();
            RunningHost host = host(home, machine, server).start(OneEpochUntilInputEnds.class);
            URI metrics = host.awaitEndpoint();
            double first = awaitIntensity(host, metrics, 100);
            long changed = System.nanoTime();
            grams = 400;
            double second = awaitIntensity(host, metrics, 400);
            long seen = System.nanoTime();
            host.await("some energy at the second intensity", () -> System.nanoTime() - seen > 1_500_000_000L);
            double third = co2e(Scrape.of(metrics));
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(run.exitCode()).isZero();
            assertThat(run.stdout()).isEqualTo("the input has ended\n");
            assertThat(run.foreignLines()).isEmpty();
            assertThat(second).isGreaterThanOrEqualTo(first);
            assertThat(third).isGreaterThan(second);
            List<JsonObject> journal = journal(run);
            List<JsonObject> steps = ofType(journal, "intensity");
            assertThat(steps).hasSize(2);
            assertThat(steps)
                    .allSatisfy(
                            step -> assertThat(step.get("source").getAsString()).isEqualTo("electricitymaps"));
            long toFirst = nanos(steps.get(0));
            long toSecond = nanos(steps.get(1));
            assertThat(toSecond).isBetween(changed, seen);
            JsonObject summary = journal.get(journal.size() - 1);
            JsonObject device = summary.getAsJsonArray("devices").get(0).getAsJsonObject();
            long begin = nanos(device.get("first_reading").getAsString());
            long end = nanos(device.get("last_reading").getAsString());
            double expected = machine.curves(begin, toFirst) / MICROJOULES_PER_KWH * TABLE_GRAMS
                    + machine.curves(toFirst, toSecond) / MICROJOULES_PER_KWH * 100
                    + machine.curves(toSecond, end) / MICROJOULES_PER_KWH * 400;
            // A change takes effect between two readings.
            double resolution = machine.curves(end - 60_000_000, end) / MICROJOULES_PER_KWH * 400;
            assertThat(summary.get("co2e_grams").getAsDouble()).isCloseTo(expected, within(resolution));
            assertThat(summary.getAsJsonObject("carbon").get("grams_per_kwh").getAsDouble()
                            * summary.get("kwh").getAsDouble())
                    .isCloseTo(summary.get("co2e_grams").getAsDouble(), withPercentage(1e-9));
            JsonObject epoch = ofType(journal, "epoch").get(0);
            long start = nanos(epoch.get("began").getAsString());
            long stop = start + Math.round(epoch.get("seconds").getAsDouble() * 1e9);
            double ofEpoch = machine.curves(start, Math.max(start, toFirst)) / MICROJOULES_PER_KWH * TABLE_GRAMS
                    + machine.curves(Math.max(start, toFirst), toSecond) / MICROJOULES_PER_KWH * 100
                    + machine.curves(toSecond, stop) / MICROJOULES_PER_KWH * 400;
            assertThat(epoch.get("co2e_grams").getAsDouble()).isCloseTo(ofEpoch, within(resolution));
            assertThat(ofType(journal, "intensity_day"))
                    .singleElement()
                    .satisfies(day -> assertThat(day.getAsJsonArray("hours")).hasSize(2));
            assertThat(everythingShown(run)).doesNotContain(TOKEN);
            assertThat(server.requests())
                    .allSatisfy(request -> assertThat(request.headers()).containsEntry("auth-token", TOKEN));
        }
    }

    @Test
    void aServiceThatHangsLeavesTheTableAndTheExitAlone(@TempDir Path sys) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys);
                LocalServer server = LocalServer.start(request -> Reply.thenHangs("HTTP/1.1 200 OK\r\n"))) {
            machine.start();
            RunningHost host = host(JavaHome.current(), machine, server).start(OneEpochUntilInputEnds.class);
            host.awaitEndpoint();
            host.await("a request", () -> !server.requests().isEmpty());
            long ended = System.nanoTime();
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(Duration.ofSeconds(20));
            assertThat(run.exitCode()).isZero();
            assertThat(run.foreignLines()).isEmpty();
            JsonObject summary = journal(run).get(journal(run).size() - 1);
            double kwh = summary.get("kwh").getAsDouble();
            assertThat(summary.get("co2e_grams").getAsDouble()).isCloseTo(kwh * TABLE_GRAMS, withPercentage(1e-9));
            assertThat(ofType(journal(run), "intensity")).isEmpty();
        }
    }

    @Test
    void aRefusedTokenIsOneLineWithAFixAndIsNotShown(@TempDir Path sys) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys);
                LocalServer server = LocalServer.start(
                        request -> Reply.of(401, "", "{\"error\":\"Invalid token " + TOKEN + "\"}"))) {
            machine.start();
            RunningHost host = host(JavaHome.current(), machine, server).start(OneEpochUntilInputEnds.class);
            URI metrics = host.awaitEndpoint();
            host.await("a second request", () -> server.requests().size() > 1);
            String page = Scrape.get(metrics.resolve("/run")) + Scrape.get(metrics);
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(run.wattleLines().stream().filter(line -> line.contains("carbon intensity")))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "wattle: no live carbon intensity from Electricity Maps: it refuses the token (status 401);"
                                    + " WATTLE_LIVE_INTENSITY_TOKEN or live-intensity-token-file sets one")
                    .contains("CO2e uses the table: FR at 41.79 g/kWh");
            assertThat(everythingShown(run) + page).doesNotContain(TOKEN);
        }
    }

    @Test
    void aProgramWithoutTheModuleForRequestsUsesTheTableAndALineSaysWhy(@TempDir Path sys) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys);
                LocalServer server = LocalServer.start(request -> electricityMaps(grams))) {
            machine.start();
            RunningHost host = host(JavaHome.current(), machine, server)
                    .jvmArguments("--limit-modules=java.base,java.instrument,java.management")
                    .start(OneEpochUntilInputEnds.class);
            host.awaitEndpoint();
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(run.exitCode()).isZero();
            assertThat(run.wattleLines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("wattle: no live carbon intensity: ")
                            .contains("java.net.http", "; CO2e uses the table: FR"));
            assertThat(server.requests()).isEmpty();
        }
    }

    private static HostJvm host(JavaHome home, DrivenMachine machine, LocalServer server) {
        return HostJvm.on(home)
                .agent(
                        "interval=10ms,sources=powercap,zone=FR,live-intensity=electricitymaps,live-intensity-interval=1s,"
                                + "live-intensity-url=" + server.uri("") + ",powercap-root=" + machine.powercap())
                .environment("WATTLE_LIVE_INTENSITY_TOKEN", TOKEN);
    }

    private static Reply electricityMaps(int grams) {
        return Reply.json("{\"zone\":\"FR\",\"carbonIntensity\":" + grams
                + ",\"datetime\":\"2026-11-28T17:00:00.000Z\",\"updatedAt\":\"2026-11-28T16:53:20.794Z\","
                + "\"emissionFactorType\":\"lifecycle\",\"isEstimated\":true,"
                + "\"estimationMethod\":\"TIME_SLICER_AVERAGE\"}");
    }

    /** Two hours of a day; the first is the best. */
    private static Reply history() {
        return Reply.json("{\"zone\":\"FR\",\"history\":["
                + "{\"zone\":\"FR\",\"carbonIntensity\":10,\"datetime\":\"2026-11-28T03:00:00.000Z\"},"
                + "{\"zone\":\"FR\",\"carbonIntensity\":90,\"datetime\":\"2026-11-28T04:00:00.000Z\"}]}");
    }

    /** Returns the CO2e when the intensity is there. */
    private static double awaitIntensity(RunningHost host, URI metrics, int grams) {
        List<Double> co2e = new ArrayList<>();
        host.await(grams + " g/kWh", () -> {
            Scrape scrape = Scrape.of(metrics);
            co2e.add(co2e(scrape));
            return scrape.sum("wattle_carbon_intensity_grams_per_kwh", "source=\"electricitymaps\"") == grams;
        });
        assertThat(co2e).isSorted();
        return co2e.get(co2e.size() - 1);
    }

    private static double co2e(Scrape scrape) {
        return scrape.sum("wattle_co2e_grams_total", "");
    }

    private static String everythingShown(HostRun run) throws IOException {
        return run.stdout() + run.stderr() + journalText(run);
    }

    private static List<JsonObject> journal(HostRun run) throws IOException {
        return journalText(run)
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    private static List<JsonObject> ofType(List<JsonObject> journal, String type) {
        return journal.stream()
                .filter(line -> line.get("type").getAsString().equals(type))
                .toList();
    }

    private static String journalText(HostRun run) throws IOException {
        try (Stream<Path> files = Files.list(run.workingDirectory().resolve("runs"))) {
            return Files.readString(files.findFirst().orElseThrow());
        }
    }

    private static long nanos(JsonObject step) {
        return nanos(step.get("at").getAsString());
    }

    private static long nanos(String date) {
        return System.nanoTime()
                - Duration.between(Instant.parse(date), Instant.now()).toNanos();
    }
}
