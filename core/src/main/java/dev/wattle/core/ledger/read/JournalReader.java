/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads journals, in the versions of the format up to {@value RunLines#SCHEMA}, line by line. Never throws: a file that
 * cannot be counted is a {@link SkippedFile} with the reason, and a run whose file has damaged lines says so.
 *
 * <p>The last line that can be read decides: the summary, or the last checkpoint. A line is left out where it is no JSON, has
 * a field twice or of a wrong type, a number that is negative, not finite or too large, or energies by device and by quality
 * that do not add up to the same. Lines of a type that it does not know, and fields that it does not know, are ignored.
 *
 * <p>Memory is bounded by the longest line that is accepted ({@value BoundedLines#MAX_BYTES} bytes). Thread-safe.
 */
public final class JournalReader {

    /** Far more than a journal has: it gives a line of their own to the first 10,000 epochs only. */
    private static final int MAX_EPOCHS = 100_000;

    private JournalReader() {}

    /** The run of a file; its {@link RecordedRun#series} is empty. */
    public static JournalContent read(Path file) {
        return read(file, false);
    }

    /** The run of a file, with its energy over time. */
    public static JournalContent readWithSeries(Path file) {
        return read(file, true);
    }

    /**
     * The epochs of a file, in the order of their lines; of lines for the same epoch, the last one. Empty where it cannot be
     * read; damaged lines are left out.
     */
    public static List<RecordedEpoch> epochs(Path file) {
        Map<List<Long>, RecordedEpoch> epochs = new LinkedHashMap<>();
        try (InputStream in = open(file)) {
            BoundedLines lines = new BoundedLines(in);
            for (String line = lines.next(); line != null && epochs.size() < MAX_EPOCHS; line = lines.next()) {
                RecordedEpoch epoch = epochOf(line);
                if (epoch != null) {
                    epochs.put(List.of((long) epoch.training(), epoch.first(), epoch.last()), epoch);
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // What was read until here is all there is; read(file) gives the reason.
        }
        return new ArrayList<>(epochs.values());
    }

    private static @Nullable RecordedEpoch epochOf(String line) {
        try {
            return LineType.of(line).equals("epoch") ? FigureLines.epoch(line) : null;
        } catch (IOException | RuntimeException damaged) {
            return null;
        }
    }

    private static JournalContent read(Path file, boolean withSeries) {
        JournalParser parser = new JournalParser(file, withSeries);
        try (InputStream in = open(file)) {
            BoundedLines lines = new BoundedLines(in);
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (lines.isTooLong()) {
                    parser.damaged(lines.number(), "is longer than 8 MiB");
                } else if (!parser.accept(lines.number(), line)) {
                    break;
                }
            }
        } catch (DamagedLineException notAFile) {
            return new SkippedFile(file, notAFile.what());
        } catch (NoSuchFileException gone) {
            return new SkippedFile(file, "does not exist");
        } catch (AccessDeniedException denied) {
            return new SkippedFile(file, "may not be read by this user");
        } catch (IOException | RuntimeException e) {
            return new SkippedFile(file, "cannot be read: " + e.getClass().getSimpleName());
        }
        return parser.content();
    }

    private static InputStream open(Path file) throws IOException {
        // A named pipe would wait for a writer, and a device may have no end.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new DamagedLineException("is not a regular file");
        }
        return Files.newInputStream(file);
    }
}
