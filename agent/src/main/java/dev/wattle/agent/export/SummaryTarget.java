/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import dev.wattle.agent.log.StderrQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The target of the summary at the end of the run. */
public sealed interface SummaryTarget {

    /** Standard error. */
    record Stderr() implements SummaryTarget {}

    /**
     * A file that the summary is appended to; created where it does not exist. Several JVMs may share a file: each summary is
     * one write, so that they do not mix.
     */
    record TextFile(Path file) implements SummaryTarget {

        /** The placeholder for the process ID in a file name. */
        public static final String PID = "%p";

        /** Appends the text. A failure is reported, and the text is written to standard error. */
        public void write(String text, StderrQueue stderr) {
            try {
                append(text);
            } catch (IOException | RuntimeException e) {
                stderr.accept("the summary could not be written to " + file + " (" + reason(e)
                        + "); summary=FILE names another file; here it is");
                stderr.text(text);
            }
        }

        private void append(String text) throws IOException {
            // An unpaired surrogate, for example in the run's name, becomes a question mark.
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                // A pipe could block the JVM; a link may be another user's and point to a file of this user.
                throw new IOException(
                        Files.isSymbolicLink(file) ? "a symbolic link, which is not followed" : "not a regular file");
            }
            // An interrupt closes a channel, and some programs interrupt all threads.
            boolean interrupted = Thread.interrupted();
            try (FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS))) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static String reason(Exception e) {
            return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
        }
    }

    /** No summary. */
    record Off() implements SummaryTarget {}
}
