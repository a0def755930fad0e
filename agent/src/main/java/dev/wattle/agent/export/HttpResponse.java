/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response and its header fields. Not thread-safe. */
final class HttpResponse {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(204, "No Content"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(505, "HTTP Version Not Supported"));

    /** In place of a response: the client waits for {@link HttpRequest.Handler#atTheEnd}. */
    static final HttpResponse AT_THE_END = nothingYet();

    private final int status;
    private final byte[] body;
    private final Map<String, String> fields = new LinkedHashMap<>();

    HttpResponse(int status, String type, byte[] body) {
        this.status = status;
        this.body = body;
        fields.put("Content-Type", type);
        fields.put("X-Content-Type-Options", "nosniff");
    }

    /** A response that says that there is nothing to say yet. */
    static HttpResponse nothingYet() {
        return new HttpResponse(204, "text/plain; charset=utf-8", new byte[0]);
    }

    /** A response with one line of text. */
    static HttpResponse text(int status, String line) {
        return new HttpResponse(status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse with(String field, String value) {
        fields.put(field, value);
        return this;
    }

    /**
     * The bytes to send.
     *
     * @param withBody false for a HEAD request
     * @param connection the value of that field, {@code close} or {@code keep-alive}
     */
    byte[] bytes(boolean withBody, String connection, long epochMillis) {
        StringBuilder head = new StringBuilder(300);
        head.append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(REASONS.getOrDefault(status, ""))
                .append("\r\n");
        head.append("Date: ").append(HttpDate.of(epochMillis)).append("\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (status != 204) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("Connection: ").append(connection).append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + (withBody ? body.length : 0));
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (withBody) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }
}
