/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of a valid request.
 *
 * @param method as sent; methods are case-sensitive
 * @param path decoded, without the query; {@code *} or empty where the target has none
 * @param minorVersion of HTTP/1
 * @param authorities the hosts it is addressed to, as sent: that of the target and that of the field Host; empty only in
 *     HTTP/1.0
 * @param fields by lower-case names
 * @param hasBody whether a body that is not empty follows
 */
record HttpRequest(
        String method,
        String path,
        int minorVersion,
        List<String> authorities,
        Map<String, List<String>> fields,
        boolean hasBody) {

    /** Answers requests; called on the thread of the server. */
    interface Handler {
        /**
         * The response, or {@link HttpResponse#AT_THE_END}.
         *
         * @param local the address of this machine that the client connected to
         */
        HttpResponse answer(HttpRequest request, InetAddress local) throws HttpError;

        /** The response to all that wait, once the server stops; empty to close their connections without one. */
        default Optional<HttpResponse> atTheEnd() {
            return Optional.empty();
        }
    }

    /** The value of the field, its lines joined as a list; null where there is none. */
    @Nullable
    String field(String lowerCaseName) {
        List<String> lines = fields.get(lowerCaseName);
        return lines == null ? null : String.join(", ", lines);
    }

    /** The value of a field that must occur once; empty where it does not. */
    Optional<String> single(String lowerCaseName) {
        List<String> lines = fields.getOrDefault(lowerCaseName, List.of());
        return lines.size() == 1 ? Optional.of(lines.get(0)) : Optional.empty();
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether the client keeps the connection open. */
    boolean keepsAlive() {
        String connection = field("connection");
        List<String> options = connection == null
                ? List.of()
                : List.of(connection.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1));
        return minorVersion == 0 ? options.contains("keep-alive") : !options.contains("close");
    }
}
