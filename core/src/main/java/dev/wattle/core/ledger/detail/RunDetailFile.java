/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.wattle.core.ledger.read.BoundedLines;
import dev.wattle.core.ledger.read.JournalContent;
import dev.wattle.core.ledger.read.JournalReader;
import dev.wattle.core.ledger.read.RecordedRun;
import dev.wattle.core.ledger.read.RecordedTotals;
import dev.wattle.core.ledger.read.SkippedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads a run in detail from its journal. The totals are those of {@link JournalReader}, which believes no damaged line; the
 * details are what the other lines say. Never throws; thread-safe.
 */
public final class RunDetailFile {

    private RunDetailFile() {}

    /**
     * What a file holds.
     *
     * @param run the run; empty where the file is none
     * @param problem why it is none, as the end of a sentence whose subject is the file
     */
    public record Content(Optional<RunDetail> run, Optional<String> problem) {}

    /** Reads a file. */
    public static Content read(Path file) {
        JournalContent content = JournalReader.read(file);
        if (content instanceof SkippedFile skipped) {
            return new Content(Optional.empty(), Optional.of(skipped.reason()));
        }
        RecordedRun recorded = (RecordedRun) content;
        RunDetailReader reader = new RunDetailReader();
        try (InputStream in = Files.newInputStream(file)) {
            BoundedLines lines = new BoundedLines(in);
            for (String line = lines.next(); line != null; line = lines.next()) {
                accept(line, reader, recorded);
            }
        } catch (IOException | RuntimeException e) {
            return new Content(
                    Optional.empty(),
                    Optional.of("cannot be read: " + e.getClass().getSimpleName()));
        }
        return new Content(reader.detail().map(detail -> withTotals(detail, recorded)), Optional.empty());
    }

    private static void accept(String line, RunDetailReader reader, RecordedRun recorded) {
        JsonElement json;
        try {
            json = JsonParser.parseString(line);
        } catch (JsonParseException damaged) {
            return;
        }
        if (json.isJsonObject()
                && !(recorded.killed()
                        && JsonFields.text(json.getAsJsonObject(), "type").equals("summary"))) {
            reader.accept(json.getAsJsonObject());
        }
    }

    private static RunDetail withTotals(RunDetail detail, RecordedRun recorded) {
        RecordedTotals totals = recorded.totals();
        return new RunDetail(
                detail.run(),
                detail.project(),
                detail.labels(),
                detail.host(),
                detail.java(),
                detail.wattle(),
                Optional.of(recorded.identity().started()),
                recorded.killed(),
                totals.seconds(),
                totals.microjoules(),
                totals.microjoulesByQuality(),
                totals.processMicrojoules(),
                Double.isFinite(totals.co2eGrams()) ? OptionalDouble.of(totals.co2eGrams()) : OptionalDouble.empty(),
                detail.carbon(),
                detail.devices(),
                detail.phases(),
                detail.trainings(),
                detail.checkpoints(),
                detail.unmetered(),
                recorded.damage());
    }
}
