/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a tool that waits in another process: written into the empty file that the tool made in the directory it
 * named. Nothing is made there, and a file that holds something is left alone.
 *
 * <p>Its first line is {@value #DONE} or {@value #REFUSED}, how many lines to the user follow and how many bytes in all,
 * parted by spaces; the rest is the answer. Only the first answer counts. Thread-safe; never throws.
 */
public final class AttachResponse {
    public static final String FILE = "reply";
    public static final String DONE = "done";
    public static final String REFUSED = "refused";

    private static final int MOST_NOTES = 100;

    private final @Nullable File directory;
    private final List<String> notes = new ArrayList<>();
    private boolean answered;

    private AttachResponse(@Nullable File directory) {
        this.directory = directory;
    }

    static AttachResponse into(File directory) {
        return new AttachResponse(directory);
    }

    /** Where no tool waits, as with {@code -javaagent}. */
    static AttachResponse toNobody() {
        return new AttachResponse(null);
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
        StringBuilder text = new StringBuilder();
        for (String note : notes) {
            text.append(note).append('\n');
        }
        return write(
                new File(directory, FILE),
                verdict + ' ' + notes.size(),
                text.append(answer).toString());
    }

    private static boolean write(File file, String head, String text) {
        if (!file.isFile() || file.length() > 0) {
            return false;
        }
        try (RandomAccessFile out = new RandomAccessFile(file, "rw")) {
            byte[] body = text.getBytes("UTF-8");
            out.write((head + ' ' + body.length + '\n').getBytes("UTF-8"));
            out.write(body);
            return true;
        } catch (IOException toolIsGone) {
            return false;
        }
    }
}
