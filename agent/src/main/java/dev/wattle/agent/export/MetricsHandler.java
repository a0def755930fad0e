/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET and HEAD: the meters in Prometheus' text format or OpenMetrics, compressed where the client can take it; the run
 * as JSON, and the page that shows it.
 */
final class MetricsHandler implements HttpHandler {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    private final Supplier<String> run;
    private volatile @Nullable LivePage page;

    /** @param run the run as JSON, made anew at each call on the thread of a request */
    MetricsHandler(PrometheusMeterRegistry registry, Supplier<String> run) {
        this.registry = registry;
        this.run = run;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, "text/plain; charset=utf-8", bytes("Only GET and HEAD are answered.\n"));
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> sendMetrics(exchange);
                case "/run" -> sendRun(exchange);
                case "/" -> sendPage(exchange);
                default ->
                    send(exchange, 404, "text/plain; charset=utf-8", bytes("Not here; look at /, /run or /metrics.\n"));
            }
        }
    }

    private void sendRun(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        send(exchange, 200, "application/json; charset=utf-8", bytes(run.get()));
    }

    private void sendPage(HttpExchange exchange) throws IOException {
        // Made when first asked for: hashing it starts the JDK's cryptography, which a run that nobody looks at can do
        // without.
        LivePage known = page;
        if (known == null) {
            known = LivePage.load();
            page = known;
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", known.policy());
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-cache");
        send(exchange, 200, "text/html; charset=utf-8", bytes(known.html()));
    }

    private void sendMetrics(HttpExchange exchange) throws IOException {
        Headers request = exchange.getRequestHeaders();
        String type = accepts(request.getFirst("Accept"), OPEN_METRICS) ? OPEN_METRICS_TYPE : TEXT_TYPE;
        boolean compressed = accepts(request.getFirst("Accept-Encoding"), "gzip");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream out = compressed ? new GZIPOutputStream(body) : body) {
            registry.scrape(out, type);
        }
        exchange.getResponseHeaders().set("Vary", "Accept, Accept-Encoding");
        if (compressed) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        send(exchange, 200, type, body.toByteArray());
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Whether a list of preferences names the value and does not give it the weight 0. */
    private static boolean accepts(@Nullable String preferences, String value) {
        if (preferences == null) {
            return false;
        }
        for (String preference : preferences.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = preference.split(";", -1);
            if (parts[0].strip().equals(value)) {
                return !isRefused(parts);
            }
        }
        return false;
    }

    private static boolean isRefused(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith("q=") && part.matches("q=0(\\.0*)?")) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
