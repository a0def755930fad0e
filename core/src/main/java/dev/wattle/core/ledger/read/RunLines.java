/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import com.google.gson.stream.JsonReader;
import dev.wattle.core.ledger.RunIdentity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses the lines that say what a run and its devices are: {@code run} and {@code device}. */
final class RunLines {

    /** The newest version of the format that this reader knows. */
    static final int SCHEMA = 1;

    private static final String UNKNOWN = "unknown";

    private RunLines() {}

    /** The first line of a journal. */
    record RunLine(long schema, RunIdentity identity, Optional<RecordedCarbon> carbon, List<RecordedDevice> devices) {}

    static RunLine run(String line) throws IOException {
        RunFields fields = new RunFields();
        JsonFields.ofLine(line, fields);
        return fields.toLine();
    }

    static RecordedDevice device(String line) throws IOException {
        DeviceFields fields = new DeviceFields();
        JsonFields.ofLine(line, fields);
        return fields.toDevice();
    }

    static List<RecordedDevice> devices(JsonReader in) throws IOException {
        List<RecordedDevice> devices = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            DeviceFields fields = new DeviceFields();
            JsonFields.of(in, fields);
            devices.add(fields.toDevice());
        }
        in.endArray();
        return devices;
    }

    static RecordedCarbon carbon(JsonReader in) throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        double[] figures = {Double.NaN, 1};
        int[] year = {0};
        JsonFields.of(in, (name, value) -> {
            switch (name) {
                case "grams_per_kwh" -> figures[0] = JsonFields.number(value, 0, 1e6);
                case "pue" -> figures[1] = JsonFields.number(value, 0, 1e3);
                case "year" -> year[0] = (int) JsonFields.number(value, 0, 9999);
                case "zone", "kind", "basis", "source" -> words.put(name, JsonFields.text(value));
                default -> value.skipValue();
            }
        });
        if (Double.isNaN(figures[0])) {
            throw new DamagedLineException("has no carbon intensity");
        }
        return new RecordedCarbon(
                figures[0],
                words.getOrDefault("zone", ""),
                year[0],
                words.getOrDefault("kind", ""),
                words.getOrDefault("basis", ""),
                words.getOrDefault("source", ""),
                figures[1]);
    }

    private static final class RunFields implements JsonFields.Field {
        private final Map<String, String> words = new LinkedHashMap<>();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private List<RecordedDevice> devices = List.of();
        private Optional<RecordedCarbon> carbon = Optional.empty();
        private long schema = -1;
        private long pid;
        private @Nullable Instant started;

        @Override
        public void read(String name, JsonReader in) throws IOException {
            switch (name) {
                case "schema" -> schema = JsonFields.whole(in);
                case "pid" -> pid = JsonFields.whole(in);
                case "started" -> started = JsonFields.instant(in);
                case "run", "project", "user", "boot", "host", "java", "wattle" -> words.put(name, JsonFields.text(in));
                case "labels" -> JsonFields.of(in, (label, value) -> labels.put(label, JsonFields.text(value)));
                case "carbon" -> carbon = Optional.of(RunLines.carbon(in));
                case "devices" -> devices = RunLines.devices(in);
                default -> in.skipValue();
            }
        }

        private RunLine toLine() throws IOException {
            String run = words.get("run");
            Instant start = started;
            if (schema < 0 || run == null || start == null) {
                throw new DamagedLineException("lacks its schema, the run's name or its start");
            }
            return new RunLine(
                    schema,
                    new RunIdentity(
                            run,
                            Optional.ofNullable(words.get("project")).filter(project -> !project.isEmpty()),
                            Map.copyOf(labels),
                            words.getOrDefault("host", UNKNOWN),
                            pid,
                            words.getOrDefault("java", UNKNOWN),
                            words.getOrDefault("wattle", UNKNOWN),
                            start,
                            Optional.ofNullable(words.get("user")),
                            Optional.ofNullable(words.get("boot"))),
                    carbon,
                    devices);
        }
    }

    private static final class DeviceFields implements JsonFields.Field {
        private final Map<String, String> words = new LinkedHashMap<>();
        private long microjoules = RecordedDevice.UNKNOWN;

        @Override
        public void read(String name, JsonReader in) throws IOException {
            switch (name) {
                case "device", "component", "name", "uuid", "quality", "scope" -> words.put(name, JsonFields.text(in));
                case "microjoules" -> microjoules = JsonFields.whole(in);
                default -> in.skipValue();
            }
        }

        private RecordedDevice toDevice() throws IOException {
            if (!words.containsKey("device")) {
                throw new DamagedLineException("has a device without a name");
            }
            return new RecordedDevice(
                    words.getOrDefault("device", ""),
                    words.getOrDefault("component", UNKNOWN),
                    words.getOrDefault("name", ""),
                    words.getOrDefault("uuid", ""),
                    words.getOrDefault("quality", UNKNOWN),
                    words.getOrDefault("scope", "machine"),
                    microjoules);
        }
    }
}
