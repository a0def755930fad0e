/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.file;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A small text file of the kernel that stays open and is read over and over.
 *
 * <p>{@link #refresh} reads the file's head into one buffer; the other methods walk through that text. While reads
 * succeed nothing is allocated. A failed read closes the file and the next one opens it again, because a handle on a
 * device that went away and came back stays stale for ever.
 *
 * <p>So does a handle on a file that was replaced: a program that copies the kernel's files elsewhere writes a new file
 * and renames it. What is read stands still then. So a file whose text stays the same is opened anew, ever more rarely;
 * where that once showed another text, each equal text has the file's date looked at, too, which allocates a name. Used by
 * one thread.
 */
public final class KernelFile implements AutoCloseable {
    /** What the numbers return where there is none. */
    public static final long NONE = -1;

    /** After so many equal texts the file is opened anew whatever its date; after twice as many once more. */
    private static final int FIRST_REOPENING = 4;

    private static final int LAST_REOPENING = 1 << 14;

    private static final int LONGEST_QUOTE = 24;

    private final File path;
    private final boolean regularOnly;
    private byte[] text;
    private byte[] textBefore;
    private int length;
    private int position;
    private @Nullable RandomAccessFile file;
    private String trouble = "";

    private long modifiedMillis;
    private int equalTexts;
    private int reopening = FIRST_REOPENING;
    private boolean replaced;

    /**
     * @param path the file; it need not exist yet
     * @param capacity bytes to read from its start, at most 8192: the JDK reads longer pieces through a malloc
     */
    public KernelFile(Path path, int capacity) {
        this(path, capacity, false);
    }

    private KernelFile(Path path, int capacity, boolean regularOnly) {
        this.path = path.toFile();
        this.regularOnly = regularOnly;
        this.text = new byte[capacity];
        this.textBefore = new byte[capacity];
    }

    /**
     * One whose opening cannot wait for somebody to write, as that of a named pipe does: for threads that no file may hold
     * up. The other parameters are those of the constructor.
     */
    public static KernelFile ofPlainFile(Path path, int capacity) {
        return new KernelFile(path, capacity, true);
    }

    /** Reads the file anew, as {@link #tryRefresh} does. Says whether there is something to look at. */
    public boolean refresh() {
        try {
            tryRefresh();
            return true;
        } catch (IOException unreadable) {
            trouble = String.valueOf(unreadable.getMessage());
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
        int lengthBefore = length;
        byte[] spare = textBefore;
        textBefore = text;
        text = spare;
        read();
        if (!Arrays.equals(text, 0, length, textBefore, 0, lengthBefore)) {
            equalTexts = 0;
            reopening = FIRST_REOPENING;
        } else if (mayBeReplaced()) {
            close();
            read();
            if (!Arrays.equals(text, 0, length, textBefore, 0, lengthBefore)) {
                replaced = true;
                reopening = FIRST_REOPENING;
            }
        }
    }

    private void read() throws IOException {
        position = 0;
        length = 0;
        RandomAccessFile open = file;
        if (open == null) {
            if (replaced) {
                // The date first: a file that is replaced in between is opened once too often.
                modifiedMillis = path.lastModified();
            }
            if (regularOnly && path.exists() && !path.isFile() && !path.isDirectory()) {
                throw new IOException(path + " is no plain file");
            }
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

    private boolean mayBeReplaced() {
        if (++equalTexts >= reopening) {
            equalTexts = 0;
            reopening = Math.min(2 * reopening, LAST_REOPENING);
            return true;
        }
        return replaced && path.lastModified() != modifiedMillis;
    }

    /** Whether a file was found in the place of the one that was open, with another text in it. */
    public boolean wasReplaced() {
        return replaced;
    }

    /** Why the last {@link #refresh} failed, or what the file holds in place of one number; empty where it holds one. */
    public String trouble() {
        if (length == 0) {
            return trouble;
        }
        if (onlyNumber() != NONE) {
            return "";
        }
        String content = new String(text, 0, length, StandardCharsets.ISO_8859_1).strip();
        if (content.isEmpty()) {
            return path + " is empty";
        }
        String quote =
                content.substring(0, Math.min(content.length(), LONGEST_QUOTE)).replaceAll("[^ -~]", "?");
        String what = content.matches("\\d+\\s*") ? "a number beyond 63 bits" : "no number of this kind";
        return path + " holds " + what + ": '" + quote + "'";
    }

    /**
     * The number that is the file's first line, or {@link #NONE} where that holds anything else. What is not seen, as spaces
     * and a carriage return, may stand around it, and anything behind a NUL.
     */
    public long onlyNumber() {
        position = 0;
        long number = nextNumber();
        for (int i = position; i < length && text[i] != '\n' && text[i] != 0; i++) {
            if (!isBlank(text[i])) {
                return NONE;
            }
        }
        // One that reaches the end of the buffer may have been cut off there.
        return position == text.length ? NONE : number;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
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

    /** Whether the first line is this text, but for blanks behind it. */
    public boolean firstLineIs(byte[] expected) {
        int end = expected.length;
        if (end > length || !startsAt(0, expected)) {
            return false;
        }
        while (end < length && isBlank(text[end])) {
            end++;
        }
        return end == length || text[end] == '\n' || text[end] == 0;
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
