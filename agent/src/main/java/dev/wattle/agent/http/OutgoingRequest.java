/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A GET or a POST. Immutable. Its text names neither headers nor body, which may contain secrets.
 *
 * <p>A header's value must be visible ASCII and spaces: {@link OutgoingHttp#send} answers {@link HttpReply.Reason#INVALID} for
 * others.
 */
public final class OutgoingRequest {
    private final String method;
    private final URI uri;
    private final Map<String, String> headers;
    private final byte[] body;

    private OutgoingRequest(String method, URI uri, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** A GET of an http or https address. */
    public static OutgoingRequest get(URI uri) {
        return new OutgoingRequest("GET", uri, Map.of(), new byte[0]);
    }

    /**
     * A POST of a text in UTF-8.
     *
     * @param type the value of Content-Type, such as {@code application/json}
     */
    public static OutgoingRequest post(URI uri, String type, String text) {
        return new OutgoingRequest("POST", uri, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same request with a header, which replaces one of the same name. */
    public OutgoingRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OutgoingRequest(method, uri, more, body);
    }

    String method() {
        return method;
    }

    URI uri() {
        return uri;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
}
