/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A small text file of the kernel that stays open and is read over and over.
 *
 * <p>{@link #refresh} reads the file's head into one buffer; the other methods walk through that text. While reads
 * succeed nothing is allocated. A failed read closes the file and the next one opens it again, because a handle on a
 * device that went away and came back stays stale for ever. Used by one thread.
 */
public final class KernelFile implements AutoCloseable {
    /** What the numbers return where there is none. */
    public static final long NONE = -1;

    private final String path;
    private final byte[] text;
    private int length;
    private int position;
    private @Nullable RandomAccessFile file;

    /**
     * @param path the file; it need not exist yet
     * @param capacity bytes to read from its start, at most 8192: the JDK reads longer pieces through a malloc
     */
    public KernelFile(Path path, int capacity) {
        this.path = path.toString();
        this.text = new byte[capacity];
    }

    /** Reads the file anew, as {@link #tryRefresh} does. Says whether there is something to look at. */
    public boolean refresh() {
        try {
            tryRefresh();
            return true;
        } catch (IOException unreadable) {
            close();
            return false;
        }
    }

    /**
     * Reads the file anew and puts the cursor at its start.
     *
     * @throws IOException if it cannot be opened or read, or is empty
     */
    public void tryRefresh() throws IOException {
        position = 0;
        length = 0;
        RandomAccessFile open = file;
        if (open == null) {
            open = new RandomAccessFile(path, "r");
            file = open;
        }
        open.seek(0);
        int read = open.read(text, 0, text.length);
        if (read <= 0) {
            throw new IOException(path + " is empty");
        }
        length = read;
    }

    /** The number that is the file's first line, or {@link #NONE} where that holds anything else. */
    public long onlyNumber() {
        position = 0;
        long number = nextNumber();
        for (int i = position; i < length && text[i] != '\n'; i++) {
            if (text[i] != ' ') {
                return NONE;
            }
        }
        return number;
    }

    /** The number after any spaces at the cursor, or {@link #NONE}; the cursor moves behind it. */
    public long nextNumber() {
        while (position < length && (text[position] == ' ' || text[position] == '\t')) {
            position++;
        }
        int start = position;
        long number = 0;
        while (position < length && text[position] >= '0' && text[position] <= '9') {
            if (number > (Long.MAX_VALUE - 9) / 10) {
                return NONE;
            }
            number = number * 10 + (text[position++] - '0');
        }
        return position > start ? number : NONE;
    }

    /** Moves the cursor behind the first line start that reads {@code key}; says whether there is one. */
    public boolean findLine(byte[] key) {
        for (int i = 0; i + key.length <= length; i++) {
            if ((i == 0 || text[i - 1] == '\n') && startsAt(i, key)) {
                position = i + key.length;
                return true;
            }
        }
        return false;
    }

    /** Moves the cursor behind the last occurrence of a character; says whether there is one. */
    public boolean findLast(char c) {
        for (int i = length - 1; i >= 0; i--) {
            if (text[i] == c) {
                position = i + 1;
                return true;
            }
        }
        return false;
    }

    /** Moves the cursor over a number of words and the spaces before them. */
    public void skipWords(int words) {
        for (int word = 0; word < words; word++) {
            while (position < length && text[position] == ' ') {
                position++;
            }
            while (position < length && text[position] != ' ' && text[position] != '\n') {
                position++;
            }
        }
    }

    private boolean startsAt(int at, byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (text[at + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** Closes the file; a later refresh opens it again. */
    @Override
    public void close() {
        RandomAccessFile open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException nothingWasWritten) {
                // Closing a file that was only read loses nothing.
            }
        }
    }
}
