/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes a report that a command made; a file that is there is replaced. */
final class HtmlFile {

    private HtmlFile() {}

    /** @return what went wrong, a sentence for a person; empty where it is written */
    static Optional<String> write(Path file, String page) {
        try {
            Files.write(file, page.getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(
                    "the report could not be written to " + file + " (" + e + "); --html=FILE names another file");
        }
    }
}
