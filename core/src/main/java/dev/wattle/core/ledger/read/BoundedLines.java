/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of UTF-8 from a stream, with bounded memory: a line longer than {@value #MAX_BYTES} bytes is read and dropped.
 * Bytes that are no UTF-8 become U+FFFD. Not thread-safe.
 */
public final class BoundedLines {

    /** Far above the summary of a run with thousands of epochs. */
    public static final int MAX_BYTES = 8 << 20;

    private static final int READ_BYTES = 1 << 14;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final byte[] chunk = new byte[READ_BYTES];
    private int at;
    private int end;

    private byte[] line = new byte[1 << 10];
    private long number;
    private boolean tooLong;

    /** Reads from the stream, which stays open. */
    public BoundedLines(InputStream in) {
        this.in = in;
    }

    /** The next line without its break; empty where it {@link #isTooLong}; null at the end of the stream. */
    @Nullable
    public String next() throws IOException {
        int length = 0;
        boolean any = false;
        tooLong = false;
        while (at < end || fill()) {
            any = true;
            int lineEnd = at;
            while (lineEnd < end && chunk[lineEnd] != '\n') {
                lineEnd++;
            }
            length = append(length, lineEnd);
            boolean complete = lineEnd < end;
            at = complete ? lineEnd + 1 : lineEnd;
            if (complete) {
                break;
            }
        }
        if (!any) {
            return null;
        }
        number++;
        String text = tooLong ? "" : new String(line, 0, length, StandardCharsets.UTF_8);
        return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** The number of the latest line, from 1. */
    public long number() {
        return number;
    }

    /** Whether the latest line was dropped. */
    public boolean isTooLong() {
        return tooLong;
    }

    private int append(int length, int lineEnd) {
        int added = lineEnd - at;
        if (tooLong || length + added > MAX_BYTES) {
            tooLong = true;
            return 0;
        }
        if (length + added > line.length) {
            line = Arrays.copyOf(line, Math.min(MAX_BYTES, Math.max(length + added, 2 * line.length)));
        }
        System.arraycopy(chunk, at, line, length, added);
        return length + added;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(chunk));
        return end > 0;
    }
}
