/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Where the summary is written when the run ends. */
public sealed interface SummaryTarget {

    /** Writes it; a failure is said and loses nothing. */
    void write(String text, PrintStream err, Consumer<String> log);

    /** Standard error. */
    record Stderr() implements SummaryTarget {
        @Override
        public void write(String text, PrintStream err, Consumer<String> log) {
            err.print(text);
            err.flush();
        }
    }

    /** A file, replaced where it exists. */
    record TextFile(Path file) implements SummaryTarget {
        @Override
        public void write(String text, PrintStream err, Consumer<String> log) {
            try {
                Files.writeString(file, text);
            } catch (IOException | RuntimeException e) {
                log.accept("the summary could not be written to " + file + " (" + e + "); here it is");
                new Stderr().write(text, err, log);
            }
        }
    }

    /** Nowhere. */
    record Off() implements SummaryTarget {
        @Override
        public void write(String text, PrintStream err, Consumer<String> log) {}
    }
}
