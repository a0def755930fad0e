/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import com.google.gson.JsonObject;
import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.QualityMetric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The trainings of one journal, from its lines about epochs and projections and from its summary. At most {@value #MAX_TRAININGS}
 * trainings of {@value #MAX_EPOCHS} epochs are kept. Not thread-safe.
 */
final class TrainingLines {

    private static final int MAX_TRAININGS = 10_000;

    /** The agent writes a line each for 10,000 epochs of a run, and fewer lines from then on. */
    private static final int MAX_EPOCHS = 200_000;

    private final Map<Integer, TreeMap<Integer, EpochDetail>> epochs = new TreeMap<>();
    private final Map<Integer, String> frameworks = new HashMap<>();
    private final Map<Integer, TreeMap<Integer, ProjectionDetail>> projections = new HashMap<>();
    private final Map<Integer, JsonObject> summaries = new TreeMap<>();
    private int held;

    /** Takes a line about an epoch. Of two lines about the same epoch the last one is valid. */
    void epoch(JsonObject line) {
        int training = JsonFields.smallCount(line, "training");
        int first = JsonFields.smallCount(line, "first");
        if (first == 0 || held >= MAX_EPOCHS || (epochs.size() >= MAX_TRAININGS && !epochs.containsKey(training))) {
            return;
        }
        held++;
        frameworks.put(training, JsonFields.text(line, "framework"));
        epochs.computeIfAbsent(training, number -> new TreeMap<>()).put(first, epochOf(line, first));
    }

    private static EpochDetail epochOf(JsonObject line, int first) {
        return new EpochDetail(
                first,
                Math.max(first, JsonFields.smallCount(line, "last")),
                JsonFields.numberOrNaN(line, "seconds"),
                JsonFields.counts(line, "microjoules"),
                JsonFields.text(line, "quality"),
                JsonFields.count(line, "validation_microjoules"),
                JsonFields.count(line, "since_last_microjoules"),
                JsonFields.count(line, "iterations"),
                JsonFields.count(line, "samples"),
                JsonFields.numberOrNaN(line, "loss"),
                JsonFields.numbers(line, "metrics"),
                JsonFields.isTrue(line, "below_resolution"),
                JsonFields.isTrue(line, "shared"),
                JsonFields.isTrue(line, "incomplete"));
    }

    void projection(JsonObject line) {
        int training = JsonFields.smallCount(line, "training");
        if (projections.size() < MAX_TRAININGS || projections.containsKey(training)) {
            ProjectionDetail projection = projectionOf(line);
            projections.computeIfAbsent(training, number -> new TreeMap<>()).put(projection.percent(), projection);
        }
    }

    private static ProjectionDetail projectionOf(JsonObject json) {
        JsonObject energy = JsonFields.object(json, "microjoules");
        return new ProjectionDetail(
                Math.min(100, JsonFields.smallCount(json, "percent")),
                JsonFields.smallCount(json, "epochs_done"),
                JsonFields.smallCount(json, "planned_epochs"),
                JsonFields.numberOrNaN(energy, "expected"),
                JsonFields.numberOrNaN(energy, "low"),
                JsonFields.numberOrNaN(energy, "high"),
                JsonFields.numberOrNaN(json, "true_microjoules"),
                JsonFields.numberOrNaN(json, "energy_error"));
    }

    void summary(JsonObject line) {
        for (JsonObject training : JsonFields.objects(line, "trainings")) {
            if (summaries.size() < MAX_TRAININGS) {
                summaries.put(JsonFields.smallCount(training, "training"), training);
            }
        }
    }

    List<TrainingDetail> details() {
        TreeSet<Integer> numbers = new TreeSet<>(epochs.keySet());
        numbers.addAll(summaries.keySet());
        List<TrainingDetail> details = new ArrayList<>();
        numbers.forEach(number -> details.add(detail(number)));
        return details;
    }

    private TrainingDetail detail(int number) {
        List<EpochDetail> lines = withoutOverlap(epochs.getOrDefault(number, new TreeMap<>()));
        JsonObject summary = summaries.get(number);
        TreeMap<Integer, ProjectionDetail> projected = projections.getOrDefault(number, new TreeMap<>());
        if (summary == null) {
            return unfinished(number, lines, List.copyOf(projected.values()));
        }
        for (JsonObject json : JsonFields.objects(summary, "projections")) {
            ProjectionDetail projection = projectionOf(json);
            projected.put(projection.percent(), projection);
        }
        Optional<LearningCurve> curve = curve(JsonFields.object(summary, "curve"));
        return new TrainingDetail(
                number,
                JsonFields.text(summary, "framework"),
                JsonFields.text(summary, "name"),
                JsonFields.smallCount(summary, "planned_epochs"),
                JsonFields.smallCount(summary, "epochs"),
                JsonFields.count(summary, "iterations"),
                JsonFields.count(summary, "samples"),
                JsonFields.counts(summary, "microjoules_by_phase"),
                JsonFields.text(summary, "quality"),
                lines,
                curve,
                List.copyOf(projected.values()));
    }

    private TrainingDetail unfinished(int number, List<EpochDetail> lines, List<ProjectionDetail> projected) {
        long iterations = 0;
        long samples = 0;
        TreeSet<String> qualities = new TreeSet<>();
        for (EpochDetail epoch : lines) {
            iterations = SaturatingMath.add(iterations, epoch.iterations());
            samples = SaturatingMath.add(samples, epoch.samples());
            qualities.add(epoch.quality());
        }
        return new TrainingDetail(
                number,
                frameworks.getOrDefault(number, ""),
                "",
                projected.isEmpty() ? 0 : projected.get(projected.size() - 1).plannedEpochs(),
                lines.isEmpty() ? 0 : lines.get(lines.size() - 1).last(),
                iterations,
                samples,
                Map.of(),
                String.join(" + ", qualities),
                lines,
                CurveOfEpochs.of(lines),
                projected);
    }

    /** A line about several epochs replaces those about single ones of them. */
    private static List<EpochDetail> withoutOverlap(TreeMap<Integer, EpochDetail> byFirst) {
        List<EpochDetail> lines = new ArrayList<>();
        for (EpochDetail epoch : byFirst.values()) {
            if (lines.isEmpty() || epoch.first() > lines.get(lines.size() - 1).last()) {
                lines.add(epoch);
            }
        }
        return List.copyOf(lines);
    }

    private static Optional<LearningCurve> curve(JsonObject json) {
        List<LearningCurve.Point> points = new ArrayList<>();
        for (double[] row : JsonFields.rows(json, "points", 3)) {
            points.add(new LearningCurve.Point((int) row[0], (long) row[1], row[2]));
        }
        String merit = JsonFields.text(json, "merit");
        if (points.size() < 2 || merit.isEmpty()) {
            return Optional.empty();
        }
        JsonObject end = JsonFields.object(json, "last_quarter");
        Optional<LearningCurve.LastQuarter> lastQuarter = end.has("best_epoch")
                ? Optional.of(new LearningCurve.LastQuarter(
                        JsonFields.smallCount(end, "first"),
                        JsonFields.smallCount(end, "last"),
                        JsonFields.numberOrNaN(end, "energy_share"),
                        JsonFields.numberOrNaN(end, "gain"),
                        JsonFields.numberOrNaN(end, "gain_share"),
                        JsonFields.smallCount(end, "best_epoch")))
                : Optional.empty();
        int corner = JsonFields.smallCount(json, "corner_epoch");
        return Optional.of(new LearningCurve(
                new QualityMetric(
                        merit, JsonFields.isTrue(json, "higher_is_better"), JsonFields.isTrue(json, "in_points")),
                List.copyOf(points),
                lastQuarter,
                corner == 0 ? OptionalInt.empty() : OptionalInt.of(corner)));
    }
}
