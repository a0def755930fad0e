/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.core.ledger.read.JournalReader;
import dev.wattle.core.ledger.read.RecordedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a report that a command made; a file that is there is replaced. */
final class HtmlFile {

    private static final String JOURNAL = ".jsonl";

    private HtmlFile() {}

    /** Why the file must not be replaced, a sentence for a person: journals are kept. */
    static Optional<String> refusal(Path file) {
        boolean journal = String.valueOf(file.getFileName()).endsWith(JOURNAL)
                || Files.isRegularFile(file) && JournalReader.read(file) instanceof RecordedRun;
        return journal
                ? Optional.of("--html=" + file + " would replace a journal; name a file that ends in .html")
                : Optional.empty();
    }

    /** @return what went wrong, a sentence for a person; empty where it is written */
    static Optional<String> write(Path file, String page) {
        Optional<String> refusal = refusal(file);
        if (refusal.isPresent()) {
            return refusal;
        }
        try {
            Files.write(file, page.getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(
                    "the report could not be written to " + file + " (" + e + "); --html=FILE names another file");
        }
    }
}
