/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The journal that a run has written, or is writing, into a directory of its own. */
public final class Journal {
    private final Path directory;

    public Journal(Path directory) {
        this.directory = directory;
    }

    Path file() {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found = files.toList();
            if (found.size() != 1) {
                throw new AssertionError("not one journal: " + found);
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a line holds the text, also while the run goes on. */
    public boolean tells(String text) {
        return count(text) > 0;
    }

    /** How many lines hold the text, also while the run goes on. */
    long count(String text) {
        return isThere() ? lines().stream().filter(line -> line.contains(text)).count() : 0;
    }

    private boolean isThere() {
        String[] names = directory.toFile().list();
        return names != null && names.length > 0;
    }

    /** All lines; each must be an object. */
    public List<JsonObject> objects() {
        return lines().stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    /** What each line is. */
    List<String> types() {
        return objects().stream().map(line -> line.get("type").getAsString()).toList();
    }

    public JsonObject last() {
        List<JsonObject> objects = objects();
        return objects.get(objects.size() - 1);
    }

    List<String> lines() {
        try {
            return Files.readAllLines(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
