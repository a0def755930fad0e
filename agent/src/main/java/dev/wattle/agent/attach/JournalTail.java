/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.core.report.json.RunJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The latest totals at the end of a journal that a run is writing. The file may contain anything.
 *
 * @param unmetered which parts of the frameworks in that JVM are not metered, a sentence each
 * @param page the address of the run's live page
 */
record JournalTail(List<String> unmetered, Optional<String> page) {
    /** No totals. */
    static final JournalTail NONE = new JournalTail(List.of(), Optional.empty());

    /** Room for a checkpoint of some kilobytes and the epochs after it. */
    private static final int BYTES = 256 << 10;

    private static final int MOST_SENTENCES = 8;

    private static final Pattern PAGE = Pattern.compile("http://[A-Za-z0-9.:\\[\\]-]{1,100}:\\d{1,5}/");

    /** Reads it; {@link #NONE} if the journal has no totals. */
    static JournalTail of(Path journal) {
        String[] lines = end(journal).split("\n");
        for (int at = lines.length - 1; at >= 0; at--) {
            try {
                JsonObject line = JsonParser.parseString(lines[at]).getAsJsonObject();
                if (line.has("phases")) {
                    return new JournalTail(sentences(line), page(line));
                }
            } catch (RuntimeException noLineOfOurs) {
                // The first line is cut, the last may be incomplete, and any line may contain anything.
            }
        }
        return NONE;
    }

    private static Optional<String> page(JsonObject totals) {
        return Optional.ofNullable(totals.get(RunJson.PAGE))
                .map(JsonElement::getAsString)
                .filter(page -> PAGE.matcher(page).matches());
    }

    private static List<String> sentences(JsonObject totals) {
        List<String> sentences = new ArrayList<>();
        if (totals.has(RunJson.UNMETERED)) {
            for (JsonElement sentence : totals.getAsJsonArray(RunJson.UNMETERED)) {
                if (sentences.size() < MOST_SENTENCES) {
                    sentences.add(PlainText.of(sentence.getAsString()));
                }
            }
        }
        return sentences;
    }

    private static String end(Path journal) {
        if (!Files.isRegularFile(journal)) {
            return "";
        }
        try (SeekableByteChannel channel = Files.newByteChannel(journal)) {
            channel.position(Math.max(0, channel.size() - BYTES));
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                // Continue until the end.
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException | SecurityException unreadable) {
            return "";
        }
    }
}
