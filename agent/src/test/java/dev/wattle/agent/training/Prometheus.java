/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** A real Prometheus server with a database of its own. Closing ends it. */
final class Prometheus implements AutoCloseable {
    private static final long POLL_NANOS = 200_000_000;
    private static final long LONGEST_NANOS = 90_000_000_000L;

    private final Process process;
    private final URI base;
    private final Path log;

    private Prometheus(Process process, URI base, Path log) {
        this.process = process;
        this.base = base;
        this.log = log;
    }

    static Prometheus start(Path configuration, Path directory) throws IOException {
        String address = "127.0.0.1:" + freePort();
        Path log = directory.resolve("prometheus.log");
        Process process = new ProcessBuilder(
                        Tools.program("prometheus").toString(),
                        "--config.file=" + configuration,
                        "--web.listen-address=" + address,
                        "--storage.tsdb.path=" + directory.resolve("data"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Prometheus(process, URI.create("http://" + address), log);
    }

    /**
     * Waits until it has scraped after {@code epochSeconds} and returns what it stored from then on.
     *
     * @param selector which series, such as {@code wattle_power_watts}
     */
    List<Stored> awaitStored(String selector, double epochSeconds) {
        URI query = base.resolve("/api/v1/query?query=" + URLEncoder.encode(selector + "[5m]", StandardCharsets.UTF_8));
        long start = System.nanoTime();
        while (true) {
            List<Stored> stored = stored(query).stream()
                    .filter(sample -> sample.epochSeconds() > epochSeconds)
                    .toList();
            if (!stored.isEmpty()) {
                return stored;
            }
            if (System.nanoTime() - start > LONGEST_NANOS) {
                throw new AssertionError("nothing scraped; see " + log);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * Waits until a query has a result.
     *
     * @return the number of series in it; fails where Prometheus does not accept the query
     */
    int awaitResult(String query) {
        long start = System.nanoTime();
        while (true) {
            int series = result(query);
            if (series > 0) {
                return series;
            }
            if (System.nanoTime() - start > LONGEST_NANOS) {
                throw new AssertionError("no result of " + query + "; see " + log);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The number of series in the result of a query; fails where Prometheus does not accept the query. */
    int result(String query) {
        URI uri = base.resolve("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        return JsonParser.parseString(Scrape.get(uri))
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("result")
                .size();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private List<Stored> stored(URI query) {
        if (!process.isAlive()) {
            throw new AssertionError("Prometheus ended with " + process.exitValue() + "; see " + log);
        }
        String answer;
        try {
            answer = Scrape.get(query);
        } catch (UncheckedIOException notYetListening) {
            return List.of();
        } catch (AssertionError notYetReady) {
            return List.of();
        }
        List<Stored> stored = new ArrayList<>();
        JsonArray results = JsonParser.parseString(answer)
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("result");
        for (JsonElement result : results) {
            String series = series(result.getAsJsonObject().getAsJsonObject("metric"));
            for (JsonElement value : result.getAsJsonObject().getAsJsonArray("values")) {
                JsonArray pair = value.getAsJsonArray();
                stored.add(new Stored(
                        series, pair.get(0).getAsDouble(), pair.get(1).getAsDouble()));
            }
        }
        return stored;
    }

    /** The series as the endpoint writes it: without what Prometheus adds, labels in order. */
    private static String series(JsonObject metric) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : new TreeSet<>(metric.keySet())) {
            labels.put(label, metric.get(label).getAsString());
        }
        String name = labels.remove("__name__");
        labels.remove("instance");
        labels.remove("job");
        List<String> words = new ArrayList<>();
        labels.forEach((label, value) -> words.add(label + "=\"" + value + "\""));
        return name + "{" + String.join(",", words) + "}";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** One value of one series at the time it was scraped. */
    record Stored(String series, double epochSeconds, double value) {}
}
