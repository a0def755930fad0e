/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the head of a request (RFC 9112) and refuses what is ambiguous. Lines may end without a carriage return, as a person
 * types them.
 */
final class RequestParser {
    private static final int MAX_FIELDS = 100;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VERSION = Pattern.compile("HTTP/(\\d)\\.(\\d)");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)http://([^/?#]*)([^#]*)");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");

    private RequestParser() {}

    /** The end of the head that starts at 0, after its empty line; -1 where it is incomplete. */
    static int end(byte[] bytes, int length) {
        for (int i = start(bytes, length); i < length; i++) {
            if (bytes[i] == '\n') {
                int next = i + 1 < length && bytes[i + 1] == '\r' ? i + 2 : i + 1;
                if (next < length && bytes[next] == '\n') {
                    return next + 1;
                }
            }
        }
        return -1;
    }

    /** Skips empty lines before a request: some clients send one too many after a body. */
    static int start(byte[] bytes, int length) {
        int start = 0;
        while (start < length && (bytes[start] == '\r' || bytes[start] == '\n')) {
            start++;
        }
        return start;
    }

    /** @param end the result of {@link #end} */
    static HttpRequest parse(byte[] bytes, int end) throws HttpError {
        int start = start(bytes, end);
        String head = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        String[] lines = head.split("\r?\n", -1);
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3 || !TOKEN.matcher(words[0]).matches()) {
            throw bad("the first line is not METHOD TARGET VERSION");
        }
        int minorVersion = minorVersion(words[2]);
        Map<String, List<String>> fields = fields(lines);
        List<String> authorities = new ArrayList<>();
        String path = path(words[0], words[1], authorities);
        addHost(fields, minorVersion, authorities);
        return new HttpRequest(words[0], path, minorVersion, authorities, fields, hasBody(fields, minorVersion));
    }

    private static int minorVersion(String version) throws HttpError {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            throw bad("the first line does not end with a version of HTTP");
        }
        if (!matcher.group(1).equals("1")) {
            throw new HttpError(505, "Only HTTP/1.1 and HTTP/1.0 are supported.");
        }
        return Integer.parseInt(matcher.group(2));
    }

    private static Map<String, List<String>> fields(String[] lines) throws HttpError {
        Map<String, List<String>> fields = new HashMap<>();
        // The last two are empty: the line that ends the head, and the text after it.
        for (int i = 1; i < lines.length - 2; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0 || !TOKEN.matcher(lines[i].substring(0, colon)).matches()) {
                throw bad("a header line is not NAME: VALUE");
            }
            if (i > MAX_FIELDS) {
                throw new HttpError(431, "There are more than " + MAX_FIELDS + " header lines.");
            }
            String value = lines[i].substring(colon + 1).strip();
            if (UNPRINTABLE.matcher(value).find()) {
                throw bad("a header line has a control character");
            }
            fields.computeIfAbsent(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(value);
        }
        return fields;
    }

    private static String path(String method, String target, List<String> authorities) throws HttpError {
        if (target.isEmpty() || !target.chars().allMatch(c -> c > ' ' && c < 0x7F) || target.indexOf('#') >= 0) {
            throw bad("the target is empty or has a character that is not allowed in a URI");
        }
        Matcher absolute = ABSOLUTE.matcher(target);
        if (method.equals("CONNECT")) {
            authorities.add(target);
            return "";
        }
        if (absolute.matches()) {
            authorities.add(absolute.group(1));
            String rest = absolute.group(2);
            return decoded(rest.startsWith("/") ? rest : "/" + rest);
        }
        if (target.startsWith("/")) {
            return decoded(target);
        }
        if (target.equals("*")) {
            return target;
        }
        throw bad("the target is neither a path nor an address of http");
    }

    private static String decoded(String target) throws HttpError {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
                int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw bad("the target has a % that is not followed by two hexadecimal digits");
                }
                bytes.write(16 * high + low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void addHost(Map<String, List<String>> fields, int minorVersion, List<String> authorities)
            throws HttpError {
        List<String> hosts = fields.getOrDefault("host", List.of());
        if (hosts.size() > 1 || hosts.isEmpty() && minorVersion > 0) {
            throw bad("there is not exactly one header line Host");
        }
        authorities.addAll(hosts);
    }

    /** A body is never read, so it only matters whether there is one, and whether that is certain. */
    private static boolean hasBody(Map<String, List<String>> fields, int minorVersion) throws HttpError {
        Set<String> lengths = new HashSet<>(fields.getOrDefault("content-length", List.of()));
        List<String> codings = fields.getOrDefault("transfer-encoding", List.of());
        if (lengths.size() > 1 || !lengths.stream().allMatch(length -> length.matches("\\d{1,18}"))) {
            throw bad("Content-Length is not one number");
        }
        if (codings.isEmpty()) {
            return !lengths.isEmpty() && Long.parseLong(lengths.iterator().next()) > 0;
        }
        if (!lengths.isEmpty() || minorVersion == 0) {
            throw bad("Transfer-Encoding occurs with Content-Length, or in HTTP/1.0");
        }
        if (!codings.get(codings.size() - 1).toLowerCase(Locale.ROOT).matches("(.*,\\s*)?chunked")) {
            throw new HttpError(501, "No Transfer-Encoding but chunked is supported.");
        }
        return true;
    }

    private static HttpError bad(String reason) {
        return new HttpError(400, "The request is not valid: " + reason + ".");
    }
}
