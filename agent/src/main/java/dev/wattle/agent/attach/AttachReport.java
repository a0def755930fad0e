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
 * What a JVM answered, as {@link AttachResponse} writes it. It is the JVM's owner's to choose, so nothing of it is believed but its
 * words.
 *
 * @param done whether it says that it did what it was asked
 * @param notes lines for the tool's user
 */
record AttachReport(boolean done, List<String> notes, List<String> lines) {
    private static final Pattern HEAD =
            Pattern.compile("(" + AttachResponse.DONE + "|" + AttachResponse.REFUSED + ") (\\d{1,3}) (\\d{1,9})\n");
    private static final int LONGEST_HEAD = 32;

    /** Empty while it is not whole; an exception where it never will be, or is longer than {@code mostBytes}. */
    static Optional<AttachReport> parse(ByteBuffer bytes, int mostBytes) throws IOException {
        String start = text(bytes, 0, Math.min(bytes.remaining(), LONGEST_HEAD));
        int end = start.indexOf('\n');
        if (end < 0) {
            if (start.length() == LONGEST_HEAD) {
                throw new IOException("it does not begin as an answer does");
            }
            return Optional.empty();
        }
        Matcher head = HEAD.matcher(start.substring(0, end + 1));
        if (!head.matches()) {
            throw new IOException("it does not begin as an answer does");
        }
        int length = Integer.parseInt(head.group(3));
        if (end + 1L + length > mostBytes) {
            throw new IOException("it is longer than " + mostBytes + " bytes");
        }
        if (bytes.remaining() < end + 1 + length) {
            return Optional.empty();
        }
        List<String> lines = text(bytes, end + 1, length).lines().toList();
        int notes = Integer.parseInt(head.group(2));
        if (notes > lines.size()) {
            throw new IOException("lines are missing in it");
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
