/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The last line of the one journal that a run left in its own ledger. */
public record Summary(JsonObject line) {
    public static Summary of(HostRun run) {
        List<String> lines = linesOf(run.workingDirectory().resolve("runs"));
        JsonObject last = JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
        if (!"summary".equals(last.get("type").getAsString())) {
            throw new AssertionError("no summary at the end: " + last + "\n" + run.stderr());
        }
        return new Summary(last);
    }

    public long iterations(String framework) {
        return line.getAsJsonObject("iterations").get(framework).getAsLong();
    }

    public List<String> devices() {
        return line.getAsJsonArray("devices").asList().stream()
                .map(device -> device.getAsJsonObject().get("device").getAsString())
                .toList();
    }

    public long microjoules(String device) {
        return device(device).get("microjoules").getAsLong();
    }

    /** System.nanoTime() at the first reading of the device, on this machine and lately. */
    public long firstReadingNanos(String device) {
        return nanos(device(device).get("first_reading").getAsString());
    }

    /** System.nanoTime() at the last reading of the device, on this machine and lately. */
    public long lastReadingNanos(String device) {
        return nanos(device(device).get("last_reading").getAsString());
    }

    private JsonObject device(String name) {
        for (JsonElement device : line.getAsJsonArray("devices")) {
            if (device.getAsJsonObject().get("device").getAsString().equals(name)) {
                return device.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + name + " in " + line);
    }

    private static long nanos(String date) {
        long before = System.nanoTime();
        Instant now = Instant.now();
        long after = System.nanoTime();
        return before
                + (after - before) / 2
                - Duration.between(Instant.parse(date), now).toNanos();
    }

    private static List<String> linesOf(Path ledger) {
        try (Stream<Path> journals = Files.list(ledger)) {
            List<Path> all = journals.toList();
            if (all.size() != 1) {
                throw new AssertionError("not one journal: " + all);
            }
            return Files.readAllLines(all.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
