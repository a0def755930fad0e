/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.agent.config.MlflowConfig;
import dev.wattle.agent.http.HttpReply;
import dev.wattle.agent.http.HttpReply.Answer;
import dev.wattle.agent.http.HttpReply.Failure;
import dev.wattle.agent.http.HttpReply.Reason;
import dev.wattle.agent.http.OutgoingHttp;
import dev.wattle.agent.http.OutgoingRequest;
import dev.wattle.core.json.JsonText;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A run of an MLflow tracking server, through {@code runs/log-batch} of its REST API 2.0.
 *
 * <p>A request may have at most 1,000 metrics, parameters and tags together, and 1 MB (MLflow's documentation of that
 * request). The same value sent twice, since its first answer was lost, is stored once.
 */
final class MlflowSink implements TrackerSink {
    private static final String PATH = "/api/2.0/mlflow/runs/log-batch";

    /** Leaves room for the tags, of which a run has a few. */
    private static final int MAX_METRICS = 900;

    private static final int MAX_TAG_LENGTH = 250;
    private static final int MAX_MESSAGE_LENGTH = 200;
    private static final int UNICODE_ESCAPE_LENGTH = 5;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String MESSAGE = "\"message\"";

    private final MlflowConfig config;
    private final OutgoingHttp http;
    private final URI logBatch;

    MlflowSink(MlflowConfig config, OutgoingHttp http) {
        this.config = config;
        this.http = http;
        this.logBatch = URI.create(config.server() + PATH);
    }

    @Override
    public String place() {
        return "MLflow at " + config.server();
    }

    @Override
    public int maxBatch() {
        return MAX_METRICS;
    }

    @Override
    public long pauseNanos() {
        return PAUSE_NANOS;
    }

    @Override
    public Delivery deliver(List<Scalar> scalars, Map<String, String> notes) {
        OutgoingRequest request = OutgoingRequest.post(logBatch, "application/json", JsonText.of(body(scalars, notes)));
        Optional<String> authorization = config.authorization();
        if (authorization.isPresent()) {
            request = request.header("Authorization", authorization.get());
        }
        HttpReply reply = http.send(request);
        if (reply instanceof Answer answer) {
            return delivery(answer);
        }
        Failure failure = (Failure) reply;
        return failure.reason() == Reason.INVALID || failure.reason() == Reason.NOT_TRUSTED
                ? new Delivery.Never(failure.text())
                : new Delivery.Later(failure.text(), Optional.empty());
    }

    @Override
    public void interrupt() {
        http.close();
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonObject body(List<Scalar> scalars, Map<String, String> notes) {
        JsonArray metrics = new JsonArray();
        for (Scalar scalar : scalars) {
            JsonObject metric = new JsonObject();
            metric.addProperty("key", scalar.key());
            metric.addProperty("value", scalar.value());
            metric.addProperty("timestamp", scalar.epochMillis());
            metric.addProperty("step", scalar.step());
            metrics.add(metric);
        }
        JsonArray tags = new JsonArray();
        notes.forEach((name, text) -> {
            JsonObject tag = new JsonObject();
            tag.addProperty("key", name);
            tag.addProperty("value", text.length() > MAX_TAG_LENGTH ? text.substring(0, MAX_TAG_LENGTH) : text);
            tags.add(tag);
        });
        JsonObject body = new JsonObject();
        body.addProperty("run_id", config.run());
        body.add("metrics", metrics);
        body.add("tags", tags);
        return body;
    }

    private Delivery delivery(Answer answer) {
        if (answer.isSuccess()) {
            return new Delivery.Done();
        }
        int status = answer.status();
        if (status == 408 || status == 429 || status >= 500) {
            return new Delivery.Later(
                    "status " + status + message(answer), answer.retryAfter().map(Duration::toNanos));
        }
        return new Delivery.Never("status " + status + message(answer) + "; " + remedy(status));
    }

    private String remedy(int status) {
        return switch (status) {
            case 401, 403 ->
                "MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, must be those of"
                        + " a user who may write this run";
            case 404 -> "is there a run " + config.run() + ", and is that the address of the tracking server?";
            default ->
                status / 100 == 3
                        ? "redirects are not followed; MLFLOW_TRACKING_URI must be the final address"
                        : "the request was refused";
        };
    }

    /** What the server says, cut short and printable; any program may be what answers at that address. */
    private String message(Answer answer) {
        String text = answer.text();
        int name = text.indexOf(MESSAGE);
        int start = name < 0 ? -1 : text.indexOf('"', name + MESSAGE.length());
        if (start < 0 || start > name + MESSAGE.length() + 3) {
            return "";
        }
        StringBuilder message = new StringBuilder();
        for (int i = start + 1; i < text.length() && text.charAt(i) != '"'; i++) {
            if (message.length() == MAX_MESSAGE_LENGTH) {
                message.append("...");
                break;
            }
            char character = text.charAt(i);
            if (character == '\\') {
                // An escape is a quote, a line break or a character of another script.
                i += text.startsWith("u", i + 1) ? UNICODE_ESCAPE_LENGTH : 1;
            }
            message.append(character < ' ' || character > '~' || character == '\\' ? ' ' : character);
        }
        String said = message.toString().strip();
        return said.isEmpty() || config.isSecretIn(said) ? "" : " (" + said + ")";
    }
}
