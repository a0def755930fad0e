/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** The Chrome DevTools Protocol with one tab: commands with their results, and events. Thread-safe. */
final class DevTools implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final WebSocket socket;

    private DevTools(HttpClient client, URI tab, BiConsumer<String, JsonObject> events) {
        this.socket = client.newWebSocketBuilder()
                .connectTimeout(LONGEST)
                .buildAsync(tab, new Messages(events))
                .join();
    }

    /**
     * Connects to the first tab of the browser that listens at the port.
     *
     * @param events takes the name of each event and what it says, on a thread of the socket
     */
    static DevTools connect(int port, BiConsumer<String, JsonObject> events) throws Exception {
        HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build();
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .timeout(LONGEST)
                .build();
        JsonArray tabs = JsonParser.parseString(
                        client.send(list, HttpResponse.BodyHandlers.ofString()).body())
                .getAsJsonArray();
        for (JsonElement tab : tabs) {
            if (tab.getAsJsonObject().get("type").getAsString().equals("page")) {
                String address =
                        tab.getAsJsonObject().get("webSocketDebuggerUrl").getAsString();
                return new DevTools(client, URI.create(address), events);
            }
        }
        throw new IllegalStateException("no tab among " + tabs);
    }

    /** Runs a command, such as {@code Page.navigate}, and returns its result. */
    JsonObject call(String method, JsonObject parameters) {
        int id = ids.incrementAndGet();
        JsonObject message = new JsonObject();
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", parameters);
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        try {
            synchronized (socket) {
                socket.sendText(message.toString(), true).get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            }
            JsonObject whole = answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            if (whole.has("error")) {
                throw new IllegalStateException(method + ": " + whole.get("error"));
            }
            return whole.getAsJsonObject("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(method, e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Messages implements WebSocket.Listener {
        private final BiConsumer<String, JsonObject> events;
        private final StringBuilder text = new StringBuilder();

        Messages(BiConsumer<String, JsonObject> events) {
            this.events = events;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
                text.setLength(0);
                if (message.has("method")) {
                    events.accept(message.get("method").getAsString(), message.getAsJsonObject("params"));
                } else {
                    CompletableFuture<JsonObject> answer =
                            answers.remove(message.get("id").getAsInt());
                    if (answer != null) {
                        answer.complete(message);
                    }
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            answers.values().forEach(answer -> answer.completeExceptionally(error));
        }
    }
}
