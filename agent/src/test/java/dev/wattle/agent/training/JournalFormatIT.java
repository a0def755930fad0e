/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.agent.Journal;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal has every field that journals of earlier versions have, of the same type, so that their readers read it. */
class JournalFormatIT {
    private static final int EPOCHS = 12;

    @Tag("long")
    @Test
    void hasEveryFieldOfTheFirstVersion(@TempDir Path ledger) throws IOException {
        HostJvm host = HostJvm.on(JavaHome.current())
                .agent("ledger=" + ledger + ",sources=model,http=off,project=demo,epochs=" + EPOCHS);
        try (RunningHost running = Example.DL4J.start(host, EPOCHS)) {
            running.awaitStdout("test accuracy: ");
            running.endInput();
            running.awaitExit();
        }

        assertThat(fields(new Journal(ledger).objects())).containsAllEntriesOf(fields(recorded("0.1.0-dl4j.jsonl")));
    }

    private static List<JsonObject> recorded(String name) throws IOException {
        try (InputStream file = JournalFormatIT.class.getResourceAsStream("/journals/" + name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .toList();
        }
    }

    /** The type of each field by its path; a list's elements share one path. */
    private static Map<String, String> fields(List<JsonObject> lines) {
        Map<String, String> found = new TreeMap<>();
        for (JsonObject line : lines) {
            collect(line.get("type").getAsString(), line, found);
        }
        return found;
    }

    private static void collect(String path, JsonElement value, Map<String, String> into) {
        if (value.isJsonObject()) {
            value.getAsJsonObject()
                    .entrySet()
                    .forEach(field -> collect(path + "." + field.getKey(), field.getValue(), into));
        } else if (value.isJsonArray()) {
            value.getAsJsonArray().forEach(element -> collect(path + "[]", element, into));
        } else if (value.isJsonPrimitive()) {
            into.put(path, typeOf(value));
        }
    }

    private static String typeOf(JsonElement value) {
        if (value.getAsJsonPrimitive().isNumber()) {
            return "number";
        }
        return value.getAsJsonPrimitive().isBoolean() ? "boolean" : "string";
    }
}
