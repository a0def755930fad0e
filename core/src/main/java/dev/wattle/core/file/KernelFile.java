/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.file;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A small text file of the kernel that stays open and is read repeatedly.
 *
 * <p>{@link #refresh} reads the start of the file into a buffer; the other methods parse that text with a cursor. Nothing is
 * allocated while reads succeed.
 *
 * <p>A failed read closes the file, and the next one opens it again: a handle on a device that went away and came back stays
 * stale. So does a handle on a file that was replaced ({@link ReplacementDetector}).
 *
 * <p>For one thread.
 */
public final class KernelFile implements AutoCloseable {

    /** The answer if there is no number. */
    public static final long NONE = -1;

    private final File path;
    private final boolean regularOnly;
    private final ReplacementDetector replacement;
    private KernelText text;
    private KernelText textBefore;
    private @Nullable RandomAccessFile file;
    private String trouble = "";

    /**
     * A file that is opened at the first {@link #refresh}.
     *
     * @param path the file; it need not exist yet
     * @param capacity bytes to read from its start, at most 8192: the JDK reads longer pieces through a malloc
     */
    public KernelFile(Path path, int capacity) {
        this(path, capacity, false);
    }

    private KernelFile(Path path, int capacity, boolean regularOnly) {
        this.path = path.toFile();
        this.regularOnly = regularOnly;
        this.replacement = new ReplacementDetector(this.path);
        this.text = new KernelText(capacity);
        this.textBefore = new KernelText(capacity);
    }

    /**
     * A file whose opening never blocks: anything but a regular file, such as a named pipe, is refused.
     *
     * @param path the file; it need not exist yet
     * @param capacity as in the constructor
     */
    public static KernelFile ofPlainFile(Path path, int capacity) {
        return new KernelFile(path, capacity, true);
    }

    /**
     * Reads the file again, as {@link #tryRefresh} does.
     *
     * @return whether there is a text; else {@link #trouble()} says why not
     */
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
     * Reads the file again and puts the cursor at its start.
     *
     * @throws IOException if the file cannot be opened or read, or is empty
     */
    public void tryRefresh() throws IOException {
        KernelText before = text;
        text = textBefore;
        textBefore = before;
        read();
        if (!text.equalTo(before)) {
            replacement.textChanged();
        } else if (replacement.isReopeningDue()) {
            close();
            read();
            if (!text.equalTo(before)) {
                replacement.foundReplacement();
            }
        }
    }

    /** Whether another file with another text was found in the place of the open one. */
    public boolean wasReplaced() {
        return replacement.wasReplaced();
    }

    /** Why the last {@link #refresh} failed, or what the file holds instead of one number; empty if it holds one. */
    public String trouble() {
        if (text.isEmpty()) {
            return trouble;
        }
        String why = text.numberTrouble();
        return why.isEmpty() ? "" : path + why;
    }

    /**
     * The number that is the file's first line, or {@link #NONE} if that holds anything else. Blanks and a carriage return may
     * surround it, and anything may follow a NUL.
     */
    public long onlyNumber() {
        return text.onlyNumber();
    }

    /** The number after any blanks at the cursor, or {@link #NONE}. Moves the cursor behind it. */
    public long nextNumber() {
        return text.nextNumber();
    }

    /** Moves the cursor behind the start of the first line that starts like this; answers whether there is one. */
    public boolean findLine(byte[] start) {
        return text.findLine(start);
    }

    /** Whether the first line is this text, apart from blanks at its end. */
    public boolean firstLineIs(byte[] expected) {
        return text.firstLineIs(expected);
    }

    /** Moves the cursor behind the last occurrence of a character; answers whether there is one. */
    public boolean findLast(char c) {
        return text.findLast(c);
    }

    /** Moves the cursor over a number of words and the spaces before them. */
    public void skipWords(int words) {
        text.skipWords(words);
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

    private void read() throws IOException {
        text.clear();
        RandomAccessFile open = file;
        if (open == null) {
            replacement.opening();
            if (regularOnly && path.exists() && !path.isFile() && !path.isDirectory()) {
                throw new IOException(path + " is no plain file");
            }
            open = new RandomAccessFile(path, "r");
            file = open;
        }
        if (!text.read(open)) {
            throw new IOException(path + " is empty");
        }
    }
}
