/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses the lines with energies: {@code checkpoint}, {@code summary} and {@code epoch}. */
final class FigureLines {

    private FigureLines() {}

    /**
     * A checkpoint or the summary.
     *
     * @param at the moment, where the line has it
     * @param microjoulesByQuality empty where the line does not have it
     * @param devices those of a summary
     * @param trainings those of a summary
     */
    record TotalsLine(
            Optional<Instant> at,
            double seconds,
            Map<String, Long> microjoules,
            Optional<Map<String, Long>> microjoulesByQuality,
            Map<String, Long> processMicrojoules,
            double co2eGrams,
            Map<String, Long> iterations,
            Optional<RecordedCarbon> carbon,
            Optional<List<RecordedDevice>> devices,
            List<RecordedTraining> trainings) {}

    static TotalsLine totals(String line) throws IOException {
        TotalsFields fields = new TotalsFields();
        JsonFields.ofLine(line, fields);
        return fields.toLine();
    }

    static RecordedEpoch epoch(String line) throws IOException {
        EpochFields fields = new EpochFields();
        JsonFields.ofLine(line, fields);
        return fields.toEpoch();
    }

    private static final class TotalsFields implements JsonFields.Field {
        private Optional<Instant> at = Optional.empty();
        private double seconds = Double.NaN;
        private @Nullable Map<String, Long> microjoules;
        private Optional<Map<String, Long>> byQuality = Optional.empty();
        private final Map<String, Long> process = new LinkedHashMap<>();
        private double co2eGrams = Double.NaN;
        private Map<String, Long> iterations = Map.of();
        private Optional<RecordedCarbon> carbon = Optional.empty();
        private Optional<List<RecordedDevice>> devices = Optional.empty();
        private List<RecordedTraining> trainings = List.of();

        @Override
        public void read(String name, JsonReader in) throws IOException {
            switch (name) {
                case "at" -> at = Optional.of(JsonFields.instant(in));
                case "elapsed_seconds" -> seconds = JsonFields.seconds(in);
                case "microjoules" -> microjoules = JsonFields.wholes(in);
                case "microjoules_by_quality" -> byQuality = Optional.of(JsonFields.wholes(in));
                case "process_microjoules" ->
                    JsonFields.of(
                            in, (component, value) -> process.put(component, JsonFields.sum(JsonFields.wholes(value))));
                case "co2e_grams" -> co2eGrams = JsonFields.grams(in);
                case "iterations" -> iterations = JsonFields.wholes(in);
                case "carbon" -> carbon = Optional.of(RunLines.carbon(in));
                case "devices" -> devices = Optional.of(RunLines.devices(in));
                case "trainings" -> trainings = trainings(in);
                default -> in.skipValue();
            }
        }

        private TotalsLine toLine() throws IOException {
            Map<String, Long> energies = microjoules;
            if (Double.isNaN(seconds) || energies == null) {
                throw new DamagedLineException("lacks its energy or its time");
            }
            if (byQuality.isPresent() && JsonFields.sum(byQuality.get()) != JsonFields.sum(energies)) {
                throw new DamagedLineException("has other energies by device than by quality");
            }
            return new TotalsLine(
                    at, seconds, energies, byQuality, process, co2eGrams, iterations, carbon, devices, trainings);
        }
    }

    private static List<RecordedTraining> trainings(JsonReader in) throws IOException {
        List<RecordedTraining> trainings = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            Map<String, Long> counts = new LinkedHashMap<>();
            Map<String, String> words = new LinkedHashMap<>();
            JsonFields.of(in, (name, value) -> {
                switch (name) {
                    case "training", "planned_epochs", "epochs", "iterations", "samples" ->
                        counts.put(name, JsonFields.whole(value));
                    case "framework", "name", "quality" -> words.put(name, JsonFields.text(value));
                    case "microjoules_by_phase" -> counts.put(name, JsonFields.sum(JsonFields.wholes(value)));
                    default -> value.skipValue();
                }
            });
            trainings.add(new RecordedTraining(
                    number(counts),
                    words.getOrDefault("framework", "unknown"),
                    words.getOrDefault("name", ""),
                    counts.getOrDefault("planned_epochs", 0L),
                    counts.getOrDefault("epochs", 0L),
                    counts.getOrDefault("iterations", 0L),
                    counts.getOrDefault("samples", 0L),
                    counts.getOrDefault("microjoules_by_phase", 0L),
                    words.getOrDefault("quality", "")));
        }
        in.endArray();
        return trainings;
    }

    private static int number(Map<String, Long> counts) throws IOException {
        long training = counts.getOrDefault("training", 0L);
        if (training < 1 || training > Integer.MAX_VALUE) {
            throw new DamagedLineException("has a training without a number");
        }
        return (int) training;
    }

    private static final class EpochFields implements JsonFields.Field {
        private final Map<String, Long> counts = new LinkedHashMap<>();
        private final Map<String, Double> metrics = new LinkedHashMap<>();
        private String framework = "unknown";
        private @Nullable Instant began;
        private double seconds = Double.NaN;
        private double co2eGrams = Double.NaN;
        private double loss = Double.NaN;

        @Override
        public void read(String name, JsonReader in) throws IOException {
            switch (name) {
                case "training", "first", "last", "iterations", "samples", "since_last_microjoules" ->
                    counts.put(name, JsonFields.whole(in));
                case "microjoules" -> counts.put(name, JsonFields.sum(JsonFields.wholes(in)));
                case "framework" -> framework = JsonFields.text(in);
                case "began" -> began = JsonFields.instant(in);
                case "seconds" -> seconds = JsonFields.seconds(in);
                case "co2e_grams" -> co2eGrams = JsonFields.grams(in);
                case "loss" -> loss = JsonFields.number(in);
                case "metrics" -> JsonFields.of(in, (metric, value) -> metrics.put(metric, JsonFields.number(value)));
                default -> in.skipValue();
            }
        }

        private RecordedEpoch toEpoch() throws IOException {
            Instant start = began;
            Long first = counts.get("first");
            Long last = counts.get("last");
            Long microjoules = counts.get("microjoules");
            if (start == null || first == null || last == null || microjoules == null || Double.isNaN(seconds)) {
                throw new DamagedLineException("lacks its numbers, its energy or its time");
            }
            return new RecordedEpoch(
                    number(counts),
                    framework,
                    first,
                    last,
                    start,
                    seconds,
                    microjoules,
                    counts.getOrDefault("since_last_microjoules", 0L),
                    co2eGrams,
                    counts.getOrDefault("iterations", 0L),
                    counts.getOrDefault("samples", 0L),
                    loss,
                    metrics);
        }
    }
}
