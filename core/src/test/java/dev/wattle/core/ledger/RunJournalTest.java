/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunJournalTest {
    private static final RunIdentity RUN =
            new RunIdentity("r", Optional.empty(), Map.of(), "host", 1, "17", "1.0", Instant.EPOCH);

    @Test
    void aThreadThatWasInterruptedStillWrites(@TempDir Path directory) throws IOException {
        try (RunJournal journal = RunJournal.create(directory, RUN)) {
            Thread.currentThread().interrupt();
            journal.append(line("first"));
            journal.append(line("second"));
        } finally {
            Thread.interrupted();
        }

        assertThat(directory.resolve("19700101-000000-1-r.jsonl"))
                .hasContent("{\"type\":\"first\"}\n{\"type\":\"second\"}\n");
    }

    private static JsonObject line(String type) {
        JsonObject line = new JsonObject();
        line.addProperty("type", type);
        return line;
    }
}
