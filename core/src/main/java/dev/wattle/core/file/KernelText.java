/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The start of a file in one buffer, with a cursor. Reading and parsing allocate nothing. For one thread. */
final class KernelText {

    private static final int MAX_QUOTE = 24;

    private final byte[] bytes;
    private int length;
    private int position;

    /** @param capacity in bytes */
    KernelText(int capacity) {
        this.bytes = new byte[capacity];
    }

    void clear() {
        length = 0;
        position = 0;
    }

    /**
     * Reads the start of a file and puts the cursor there.
     *
     * @return false if the file is empty
     */
    boolean read(RandomAccessFile file) throws IOException {
        clear();
        file.seek(0);
        length = Math.max(0, file.read(bytes, 0, bytes.length));
        return length > 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean equalTo(KernelText other) {
        return Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
    }

    /** Why the text is not one number, as the end of a sentence that starts with the file's name; empty if it is one. */
    String numberTrouble() {
        if (onlyNumber() != KernelFile.NONE) {
            return "";
        }
        String content = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).strip();
        if (content.isEmpty()) {
            return " is empty";
        }
        String quote =
                content.substring(0, Math.min(content.length(), MAX_QUOTE)).replaceAll("[^ -~]", "?");
        String what = content.matches("\\d+\\s*") ? "a number beyond 63 bits" : "no number of this kind";
        return " holds " + what + ": '" + quote + "'";
    }

    long onlyNumber() {
        position = 0;
        long number = nextNumber();
        for (int i = position; i < length && bytes[i] != '\n' && bytes[i] != 0; i++) {
            if (!isBlank(bytes[i])) {
                return KernelFile.NONE;
            }
        }
        // A number that reaches the end of the buffer may have been cut off there.
        return position == bytes.length ? KernelFile.NONE : number;
    }

    long nextNumber() {
        while (position < length && (bytes[position] == ' ' || bytes[position] == '\t')) {
            position++;
        }
        int start = position;
        long number = 0;
        while (position < length && bytes[position] >= '0' && bytes[position] <= '9') {
            if (number > (Long.MAX_VALUE - 9) / 10) {
                return KernelFile.NONE;
            }
            number = number * 10 + (bytes[position++] - '0');
        }
        return position > start ? number : KernelFile.NONE;
    }

    boolean findLine(byte[] start) {
        for (int i = 0; i + start.length <= length; i++) {
            if ((i == 0 || bytes[i - 1] == '\n') && startsAt(i, start)) {
                position = i + start.length;
                return true;
            }
        }
        return false;
    }

    boolean firstLineIs(byte[] expected) {
        int end = expected.length;
        if (end > length || !startsAt(0, expected)) {
            return false;
        }
        while (end < length && isBlank(bytes[end])) {
            end++;
        }
        return end == length || bytes[end] == '\n' || bytes[end] == 0;
    }

    boolean findLast(char c) {
        for (int i = length - 1; i >= 0; i--) {
            if (bytes[i] == c) {
                position = i + 1;
                return true;
            }
        }
        return false;
    }

    void skipWords(int words) {
        for (int word = 0; word < words; word++) {
            while (position < length && bytes[position] == ' ') {
                position++;
            }
            while (position < length && bytes[position] != ' ' && bytes[position] != '\n') {
                position++;
            }
        }
    }

    private boolean startsAt(int at, byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }
}
