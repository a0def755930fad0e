/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.compare;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.QualityMetric;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.ledger.detail.TrainingDetail;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Runs side by side. Immutable.
 *
 * @param runs in the order they were given
 * @param metric what they are compared by; empty where they have none in common
 * @param goal the value that they were to reach
 * @param recomputed whether the CO2e of all is recomputed for one place
 */
public record Comparison(List<ComparedRun> runs, Optional<Metric> metric, Optional<Goal> goal, boolean recomputed) {

    /**
     * What is asked for besides the runs.
     *
     * @param metric the metric's name; empty to take that of the goal, or else the one that the runs have in common
     * @param goal a value to reach
     * @param carbon a place for which the CO2e of all runs is recomputed
     */
    public record Request(Optional<String> metric, Optional<Goal> goal, Optional<CarbonSettings> carbon) {

        /** Nothing in particular. */
        public static Request none() {
            return new Request(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** Compares runs, at least one. */
    public static Comparison of(List<RunDetail> details, Request request) {
        Optional<Metric> metric = metric(details, request);
        List<ComparedRun> runs = new ArrayList<>();
        for (RunDetail run : details) {
            List<LearningCurve.Point> points =
                    metric.map(known -> points(run, known.name())).orElse(List.of());
            List<LearningCurve.Point> toGoal =
                    request.goal().map(goal -> points(run, goal.metric())).orElse(List.of());
            runs.add(new ComparedRun(
                    letter(runs.size()),
                    run,
                    points,
                    request.goal().flatMap(goal -> reached(goal, toGoal)),
                    request.carbon().isPresent()
                            ? OptionalDouble.of(request.carbon().get().gramsCo2e(run.totalMicrojoules()))
                            : run.gramsCo2e(),
                    request.carbon().isPresent() ? request.carbon() : run.carbon(),
                    false));
        }
        return new Comparison(
                metric.map(known -> withFront(runs, known)).orElse(runs),
                metric,
                request.goal(),
                request.carbon().isPresent());
    }

    private static List<LearningCurve.Point> points(RunDetail run, String metric) {
        return run.mainTraining().map(training -> training.points(metric)).orElse(List.of());
    }

    private static Optional<Reached> reached(Goal goal, List<LearningCurve.Point> points) {
        for (LearningCurve.Point point : points) {
            if (goal.higherIsBetter() ? point.value() >= goal.value() : point.value() <= goal.value()) {
                return Optional.of(new Reached(point.epoch(), point.microjoules()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Metric> metric(List<RunDetail> runs, Request request) {
        Optional<String> asked =
                request.metric().isPresent() ? request.metric() : request.goal().map(Goal::metric);
        Optional<String> name = asked.isPresent() ? asked : common(runs);
        return name.map(known -> {
            boolean stated =
                    request.goal().filter(goal -> goal.metric().equals(known)).isPresent();
            boolean higher = stated ? request.goal().get().higherIsBetter() : QualityMetric.isHigherBetter(known);
            boolean fraction = runs.stream()
                    .flatMap(run -> points(run, known).stream())
                    .allMatch(point -> point.value() >= 0 && point.value() <= 1);
            return new Metric(known, higher, higher && fraction);
        });
    }

    /** The metric by which the first run that can is judged and which all runs with a training have; else another such one. */
    private static Optional<String> common(List<RunDetail> runs) {
        Set<String> names = new LinkedHashSet<>();
        for (RunDetail run : runs) {
            run.mainTraining()
                    .flatMap(TrainingDetail::curve)
                    .ifPresent(curve -> names.add(curve.metric().name()));
        }
        for (RunDetail run : runs) {
            run.mainTraining()
                    .ifPresent(training -> training.metrics().stream()
                            .filter(QualityMetric::judges)
                            .forEach(names::add));
        }
        long trained =
                runs.stream().filter(run -> run.mainTraining().isPresent()).count();
        return names.stream()
                .filter(name -> runs.stream()
                                .filter(run -> !points(run, name).isEmpty())
                                .count()
                        == trained)
                .findFirst();
    }

    private static List<ComparedRun> withFront(List<ComparedRun> runs, Metric metric) {
        boolean[] front = ParetoFront.of(
                runs.stream().mapToLong(ComparedRun::microjoules).toArray(),
                runs.stream()
                        .mapToDouble(run -> run.finalValue().orElse(Double.NaN))
                        .toArray(),
                metric.higherIsBetter());
        List<ComparedRun> marked = new ArrayList<>();
        for (ComparedRun run : runs) {
            marked.add(new ComparedRun(
                    run.letter(),
                    run.run(),
                    run.points(),
                    run.reached(),
                    run.gramsCo2e(),
                    run.carbon(),
                    front[marked.size()]));
        }
        return marked;
    }

    /** A, B, and so on to Z, then AA. */
    private static String letter(int index) {
        String last = String.valueOf((char) ('A' + index % 26));
        return index < 26 ? last : letter(index / 26 - 1) + last;
    }
}
