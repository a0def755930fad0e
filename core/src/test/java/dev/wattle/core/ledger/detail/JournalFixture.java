/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import java.nio.file.Path;

/**
 * Journals in the test resources. {@code base} and {@code small} are the same training with a large and a small model, {@code
 * killed} has no summary, {@code hostile} has names that try to become markup.
 */
public final class JournalFixture {
    private JournalFixture() {}

    /** The file. */
    public static Path file(String name) {
        return Path.of("src/test/resources/journals", name + ".jsonl");
    }

    /** The run in it. */
    public static RunDetail run(String name) {
        return RunDetailFile.read(file(name)).run().orElseThrow();
    }
}
