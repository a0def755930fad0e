/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that has one run and answers {@code runs/log-batch} as MLflow documents it. */
public final class MlflowServer implements AutoCloseable {
    public static final String RUN = "0f3b9a7c5d1e4f60a1b2c3d4e5f60718";

    private static final int MAX_ENTITIES = 1_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private final String authorization;
    private final List<Metric> metrics = new ArrayList<>();
    private final Map<String, String> tags = new TreeMap<>();
    private int requests;
    private volatile boolean hanging;

    private MlflowServer(String authorization) throws IOException {
        this.authorization = authorization;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Open to all. */
    public static MlflowServer start() throws IOException {
        return new MlflowServer("");
    }

    /** For requests with this header Authorization. */
    static MlflowServer protectedBy(String authorization) throws IOException {
        return new MlflowServer(authorization);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next requests with these statuses. */
    void fail(Integer... statuses) {
        failures.addAll(List.of(statuses));
    }

    /** Reads requests and answers none. */
    void hang() {
        hanging = true;
    }

    /** What arrived so far. */
    public synchronized List<Metric> metrics() {
        return List.copyOf(metrics);
    }

    synchronized Map<String, String> tags() {
        return Map.copyOf(tags);
    }

    synchronized int requests() {
        return requests;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (this) {
            requests++;
        }
        if (hanging) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        Integer failure = failures.poll();
        if (failure != null) {
            answer(exchange, failure, error("INTERNAL_ERROR", "as the test \u001b[31m asked\n"));
        } else if (!exchange.getRequestURI().getPath().equals("/api/2.0/mlflow/runs/log-batch")
                || !exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 404, error("ENDPOINT_NOT_FOUND", "no such endpoint"));
        } else if (!authorization.isEmpty()
                && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(
                    exchange,
                    401,
                    error(
                            "UNAUTHENTICATED",
                            "not " + exchange.getRequestHeaders().getFirst("Authorization")));
        } else {
            log(exchange, JsonParser.parseString(body).getAsJsonObject());
        }
    }

    private void log(HttpExchange exchange, JsonObject request) throws IOException {
        JsonArray newMetrics = request.getAsJsonArray("metrics");
        JsonArray newTags = request.getAsJsonArray("tags");
        if (!request.get("run_id").getAsString().equals(RUN)) {
            answer(
                    exchange,
                    404,
                    error("RESOURCE_DOES_NOT_EXIST", "Run with id=" + request.get("run_id") + " not found"));
        } else if (newMetrics.size() + newTags.size() > MAX_ENTITIES
                || !"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            answer(exchange, 400, error("INVALID_PARAMETER_VALUE", "too much, or not JSON"));
        } else {
            synchronized (this) {
                for (JsonElement metric : newMetrics) {
                    metrics.add(Metric.of(metric.getAsJsonObject()));
                }
                for (JsonElement tag : newTags) {
                    tags.put(
                            tag.getAsJsonObject().get("key").getAsString(),
                            tag.getAsJsonObject().get("value").getAsString());
                }
            }
            answer(exchange, 200, "{}");
        }
    }

    private static String error(String code, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("error_code", code);
        error.addProperty("message", message);
        return error.toString();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** A value as it arrived. */
    public record Metric(String key, double value, long timestamp, long step) {
        private static Metric of(JsonObject json) {
            return new Metric(
                    json.get("key").getAsString(),
                    json.get("value").getAsDouble(),
                    json.get("timestamp").getAsLong(),
                    json.get("step").getAsLong());
        }
    }
}
