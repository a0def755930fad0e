/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response to a tool that waits in another process. It is written into the empty file that the tool created in its
 * directory. No file is created, and a file that is not empty is not changed.
 *
 * <p>The first line has {@value #DONE} or {@value #REFUSED}, the number of lines for the user, and the number of bytes that
 * follow, separated by spaces. The lines for the user come next, then the answer. Only the first answer counts.
 * Thread-safe; never throws.
 */
public final class AttachResponse {
    /** The file in the tool's directory. */
    public static final String FILE = "reply";
    /** Starts the response to a request that was carried out. */
    public static final String DONE = "done";
    /** Starts the response to a request that was refused. */
    public static final String REFUSED = "refused";

    private static final int MAX_NOTES = 100;

    private final @Nullable File directory;
    private final List<String> notes = new ArrayList<>();
    private boolean answered;

    private AttachResponse(@Nullable File directory) {
        this.directory = directory;
    }

    static AttachResponse into(File directory) {
        return new AttachResponse(directory);
    }

    /** A response that reaches nobody, for {@code -javaagent}. */
    static AttachResponse none() {
        return new AttachResponse(null);
    }

    /** Whether a tool waits. */
    boolean isAwaited() {
        return directory != null;
    }

    /** Adds a line for the tool's user; dropped after the answer. */
    public synchronized void note(String line) {
        if (directory != null && !answered && notes.size() < MAX_NOTES) {
            notes.add(line.replace('\n', ' '));
        }
    }

    /** Answers that the request was carried out. False if the tool's directory cannot take the answer. */
    public boolean done(String answer) {
        return answer(DONE, answer);
    }

    /** Answers that the request was refused. False if the tool's directory cannot take the answer. */
    public boolean refuse(String reason) {
        return answer(REFUSED, reason);
    }

    private synchronized boolean answer(String outcome, String answer) {
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
                outcome + ' ' + notes.size(),
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
