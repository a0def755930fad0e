/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a tool that waits in another process: a file in the directory it named, written under another name first,
 * so that it is whole as soon as it is there.
 *
 * <p>Its first line is {@value #DONE} or {@value #REFUSED}, a space and how many lines to the user follow; the rest is the
 * answer. Only the first answer counts. Thread-safe; never throws.
 */
public final class Reply {
    public static final String FILE = "reply";
    public static final String DONE = "done";
    public static final String REFUSED = "refused";

    private static final int MOST_NOTES = 100;

    private final @Nullable File directory;
    private final List<String> notes = new ArrayList<>();
    private boolean answered;

    private Reply(@Nullable File directory) {
        this.directory = directory;
    }

    static Reply into(File directory) {
        return new Reply(directory);
    }

    /** Where no tool waits, as with {@code -javaagent}. */
    static Reply toNobody() {
        return new Reply(null);
    }

    /** Whether a tool is there to be told. */
    boolean isAwaited() {
        return directory != null;
    }

    /** A line that the tool's user should see too; after the answer it is dropped. */
    public synchronized void note(String line) {
        if (directory != null && !answered && notes.size() < MOST_NOTES) {
            notes.add(line.replace('\n', ' '));
        }
    }

    /** It was done. Tells whether the answer has reached the tool's directory. */
    public boolean done(String answer) {
        return answer(DONE, answer);
    }

    /** It was not done, and why. */
    public boolean refuse(String reason) {
        return answer(REFUSED, reason);
    }

    private synchronized boolean answer(String verdict, String answer) {
        if (directory == null || answered) {
            return false;
        }
        answered = true;
        StringBuilder text =
                new StringBuilder(verdict).append(' ').append(notes.size()).append('\n');
        for (String note : notes) {
            text.append(note).append('\n');
        }
        return write(directory, text.append(answer).toString());
    }

    private static boolean write(File directory, String text) {
        File part = new File(directory, FILE + ".part");
        try (OutputStream out = new FileOutputStream(part)) {
            out.write(text.getBytes("UTF-8"));
        } catch (IOException toolIsGone) {
            return false;
        }
        return part.renameTo(new File(directory, FILE));
    }
}
