/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import dev.wattle.agent.premain.AttachResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The response of a JVM, as {@link AttachResponse} writes it. The JVM's owner controls it, so it is only shown, never acted
 * on.
 *
 * @param done whether it says that it has carried out the request
 * @param notes lines for the tool's user
 */
record AttachReport(boolean done, List<String> notes, List<String> lines) {
    private static final Pattern HEAD =
            Pattern.compile("(" + AttachResponse.DONE + "|" + AttachResponse.REFUSED + ") (\\d{1,3}) (\\d{1,9})\n");
    private static final int MAX_HEAD_BYTES = 32;

    /**
     * Parses a response; empty while it is not complete.
     *
     * @throws IOException if it is no response, or is longer than {@code maxBytes}
     */
    static Optional<AttachReport> parse(ByteBuffer bytes, int maxBytes) throws IOException {
        String start = text(bytes, 0, Math.min(bytes.remaining(), MAX_HEAD_BYTES));
        int end = start.indexOf('\n');
        if (end < 0) {
            if (start.length() == MAX_HEAD_BYTES) {
                throw new IOException("it does not start like an answer");
            }
            return Optional.empty();
        }
        Matcher head = HEAD.matcher(start.substring(0, end + 1));
        if (!head.matches()) {
            throw new IOException("it does not start like an answer");
        }
        int length = Integer.parseInt(head.group(3));
        if (end + 1L + length > maxBytes) {
            throw new IOException("it is longer than " + maxBytes + " bytes");
        }
        if (bytes.remaining() < end + 1 + length) {
            return Optional.empty();
        }
        List<String> lines = text(bytes, end + 1, length).lines().toList();
        int notes = Integer.parseInt(head.group(2));
        if (notes > lines.size()) {
            throw new IOException("it lacks lines");
        }
        return Optional.of(new AttachReport(
                head.group(1).equals(AttachResponse.DONE),
                lines.subList(0, notes),
                lines.subList(notes, lines.size())));
    }

    private static String text(ByteBuffer bytes, int offset, int length) {
        return StandardCharsets.UTF_8
                .decode(bytes.slice(bytes.position() + offset, length))
                .toString();
    }
}
