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

/** Where the summary is written when the run ends. */
public sealed interface SummaryTarget {

    /** Standard error. */
    record Stderr() implements SummaryTarget {}

    /**
     * A file, to which the summary is appended, and which is created where it is not there. Several JVMs may name the same
     * one: each summary is one write, so that they do not mix.
     */
    record TextFile(Path file) implements SummaryTarget {

        /** Stands for the process's number in a file's name. */
        public static final String PID = "%p";

        /** A failure is reported, and the text goes to standard error. */
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
            // What is no Unicode, as half a character in the run's name, becomes a question mark.
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                // A pipe could keep the JVM waiting; a link may be somebody else's, and lead to a file of ours.
                throw new IOException(
                        Files.isSymbolicLink(file) ? "a symbolic link, which is not followed" : "not a regular file");
            }
            // A channel is closed by an interrupt, and some programs interrupt all threads they find.
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

    /** Nowhere. */
    record Off() implements SummaryTarget {}
}
