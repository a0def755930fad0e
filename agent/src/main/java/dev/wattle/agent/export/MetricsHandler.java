/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET and HEAD: the meters in Prometheus' text format or OpenMetrics, compressed where the client accepts that; the
 * run as JSON; and the live page.
 */
final class MetricsHandler implements HttpRequest.Handler {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final MetricsSource metrics;
    private final Supplier<String> run;
    private final AllowedHosts hosts;
    private final Optional<Credentials> credentials;
    private final Consumer<String> log;
    private final AtomicBoolean reportedFailure = new AtomicBoolean();
    private @Nullable LivePage page;

    /** @param run the run as JSON; called once for each request, on the thread of the server */
    MetricsHandler(
            MetricsSource metrics,
            Supplier<String> run,
            AllowedHosts hosts,
            Optional<Credentials> credentials,
            Consumer<String> log) {
        this.metrics = metrics;
        this.run = run;
        this.hosts = hosts;
        this.credentials = credentials;
        this.log = log;
    }

    @Override
    public HttpResponse answer(HttpRequest request, InetAddress local) throws HttpError {
        boolean isRead = request.method().equals("GET") || request.isHead();
        if (!request.method().equals("CONNECT")) {
            hosts.check(request, local);
        }
        if (credentials.isPresent()) {
            try {
                credentials.get().check(request);
            } catch (HttpError unknown) {
                return unknown.response()
                        .with("WWW-Authenticate", credentials.get().challenge());
            }
        }
        if (!isRead) {
            return HttpResponse.text(405, "Only GET and HEAD are supported.").with("Allow", "GET, HEAD");
        }
        if (request.hasBody()) {
            throw new HttpError(413, "A GET or HEAD request must not have a body.");
        }
        try {
            return switch (request.path()) {
                case "/metrics" -> metrics(request);
                case "/run" -> run();
                case "/run/end" -> request.isHead() ? run() : HttpResponse.AT_THE_END;
                case "/" -> page();
                default -> HttpResponse.text(404, "Not found; try /, /run or /metrics.");
            };
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError broken) {
            if (reportedFailure.compareAndSet(false, true)) {
                log.accept("the live endpoint could not answer: " + broken);
            }
            throw new HttpError(500, "The response could not be made.");
        }
    }

    /** The run as it ended. */
    @Override
    public Optional<HttpResponse> atTheEnd() {
        return Optional.of(run());
    }

    private HttpResponse run() {
        return new HttpResponse(200, "application/json; charset=utf-8", bytes(run.get()))
                .with("Cache-Control", "no-store");
    }

    private HttpResponse page() throws IOException {
        LivePage known = page;
        if (known == null) {
            known = LivePage.load();
            page = known;
        }
        return new HttpResponse(200, "text/html; charset=utf-8", bytes(known.html()))
                .with("Content-Security-Policy", known.policy())
                .with("Referrer-Policy", "no-referrer")
                .with("Cache-Control", "no-cache");
    }

    private HttpResponse metrics(HttpRequest request) throws IOException {
        String type = accepts(request.field("accept"), OPEN_METRICS) ? OPEN_METRICS_TYPE : TEXT_TYPE;
        boolean compressed = accepts(request.field("accept-encoding"), "gzip");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream out = compressed ? new GZIPOutputStream(body) : body) {
            metrics.write(out, type);
        }
        HttpResponse response = new HttpResponse(200, type, body.toByteArray()).with("Vary", "Accept, Accept-Encoding");
        return compressed ? response.with("Content-Encoding", "gzip") : response;
    }

    /** Whether a list of preferences contains the value, with a weight other than 0. */
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
