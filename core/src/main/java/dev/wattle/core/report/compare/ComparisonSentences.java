/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.compare;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.ledger.compare.ComparedRun;
import dev.wattle.core.ledger.compare.Comparison;
import dev.wattle.core.ledger.compare.Goal;
import dev.wattle.core.ledger.compare.Metric;
import dev.wattle.core.report.text.PrintableName;
import dev.wattle.core.report.text.QuantityFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A comparison in sentences: the trade of energy for the metric, and what limits the comparison. Runs are named by letters. */
public final class ComparisonSentences {

    private ComparisonSentences() {}

    /**
     * What the cheaper run saved and what that cost in the metric, in one sentence. Of many runs, it is about the two ends of the
     * front: the run with the least energy and the one with the best final metric.
     *
     * @return empty where there is one run, or no energy to compare
     */
    public static Optional<String> verdict(Comparison comparison) {
        List<ComparedRun> runs = comparison.metric().isPresent()
                ? comparison.runs().stream()
                        .filter(run -> run.finalValue().isPresent())
                        .toList()
                : List.of();
        if (runs.size() < 2) {
            return withoutMetric(comparison.runs());
        }
        Metric metric = comparison.metric().orElseThrow();
        ComparedRun cheapest = runs.stream()
                .min(Comparator.comparingLong(ComparedRun::microjoules).thenComparing(run -> -quality(run, metric)))
                .orElseThrow();
        ComparedRun best = runs.stream()
                .max(Comparator.<ComparedRun>comparingDouble(run -> quality(run, metric))
                        .thenComparing(run -> -run.microjoules()))
                .orElseThrow();
        if (cheapest != best) {
            return saved(cheapest, best).map(saving -> saving + " " + price(cheapest, best, metric) + ".");
        }
        ComparedRun next = runs.stream()
                .filter(run -> run != best)
                .max(Comparator.<ComparedRun>comparingDouble(run -> quality(run, metric))
                        .thenComparing(run -> -run.microjoules()))
                .orElseThrow();
        boolean ahead = quality(best, metric) > quality(next, metric);
        return saved(best, next)
                .map(saving -> saving + " " + price(best, next, metric)
                        + (ahead ? ": no other run is better in either." : "."));
    }

    private static double quality(ComparedRun run, Metric metric) {
        double value = run.finalValue().orElseThrow();
        return metric.higherIsBetter() ? value : -value;
    }

    private static Optional<String> withoutMetric(List<ComparedRun> all) {
        List<ComparedRun> runs = new ArrayList<>(
                all.stream().filter(run -> !run.run().microjoules().isEmpty()).toList());
        if (runs.size() < 2) {
            return Optional.empty();
        }
        // The order of equal ones stays, so that two runs with the same energy are not one run.
        runs.sort(Comparator.comparingLong(ComparedRun::microjoules));
        return saved(runs.get(0), runs.get(runs.size() - 1))
                .map(saving -> saving + "; what that did to the results is not known.");
    }

    private static Optional<String> saved(ComparedRun cheaper, ComparedRun other) {
        if (other.microjoules() == 0) {
            return Optional.empty();
        }
        double share = 1 - (double) cheaper.microjoules() / other.microjoules();
        return Optional.of(
                cheaper.microjoules() == other.microjoules()
                        ? "Run " + cheaper.letter() + " used as much energy as run " + other.letter()
                        : "Run " + cheaper.letter() + " used " + percent(share) + " less energy than run "
                                + other.letter());
    }

    /** Two digits, and never 0 % or 100 % for what is neither. */
    static String percent(double share) {
        double percent = 100 * share;
        if (percent < 0.1) {
            return "less than 0.1 %";
        }
        if (percent > 99.9) {
            return "more than 99.9 %";
        }
        return String.format((Locale) null, percent < 10 || percent > 99 ? "%.1f %%" : "%.0f %%", percent);
    }

    private static String price(ComparedRun cheaper, ComparedRun other, Metric metric) {
        String name = PrintableName.of(metric.name());
        double from = other.finalValue().orElseThrow();
        double to = cheaper.finalValue().orElseThrow();
        double gain = metric.gain(from, to);
        if (gain == 0) {
            return "for the same " + name;
        }
        boolean more = to > from;
        String amount =
                metric.inPoints() ? points(Math.abs(gain)) + " " : QuantityFormat.digits(Math.abs(gain), 2) + " ";
        return (gain < 0 ? "for " : "and had ") + amount + (more ? "more " : "less ") + name;
    }

    private static String points(double points) {
        return QuantityFormat.digits(points, points >= 1 ? 3 : 2) + " points";
    }

    /** What a reader must know before using the figures, a sentence each. */
    public static List<String> notes(Comparison comparison) {
        List<String> notes = new ArrayList<>();
        qualities(comparison).ifPresent(notes::add);
        killed(comparison).ifPresent(notes::add);
        places(comparison).ifPresent(notes::add);
        metrics(comparison).ifPresent(notes::add);
        comparison.goal().flatMap(goal -> notRecorded(comparison, goal)).ifPresent(notes::add);
        goal(comparison).ifPresent(notes::add);
        trainings(comparison).ifPresent(notes::add);
        return notes;
    }

    private static Optional<String> qualities(Comparison comparison) {
        Set<String> words = new TreeSet<>();
        comparison.runs().forEach(run -> words.add(run.run().qualities()));
        boolean modelled = comparison.runs().stream().anyMatch(run -> run.run().isModelled());
        if (words.size() > 1) {
            return Optional.of("The energies are of different quality ("
                    + comparison.runs().stream()
                            .map(run -> run.letter() + " "
                                    + (run.run().qualities().isEmpty()
                                            ? "unknown"
                                            : run.run().qualities()))
                            .collect(Collectors.joining(", "))
                    + "): a small difference between them means nothing.");
        }
        return modelled
                ? Optional.of(
                        "The energies are modelled, not measured: differences of load and time show, others do not.")
                : Optional.empty();
    }

    private static Optional<String> killed(Comparison comparison) {
        List<ComparedRun> killed =
                comparison.runs().stream().filter(run -> run.run().killed()).toList();
        return killed.isEmpty()
                ? Optional.empty()
                : Optional.of(letters(killed)
                        + (killed.size() == 1 ? " was" : " were")
                        + " killed or still runs: its figures are those of the last checkpoint."
                                .replace("its figures", killed.size() == 1 ? "its figures" : "their figures")
                                .replace("still runs", killed.size() == 1 ? "still runs" : "still run"));
    }

    private static Optional<String> places(Comparison comparison) {
        Set<CarbonSettings> places = comparison.runs().stream()
                .flatMap(run -> run.carbon().stream())
                .map(carbon -> new CarbonSettings(carbon.intensity(), carbon.pue(), false))
                .collect(Collectors.toSet());
        if (places.size() < 2) {
            return Optional.empty();
        }
        boolean kinds = places.stream()
                        .map(place -> place.intensity().kind())
                        .distinct()
                        .count()
                > 1;
        return Optional.of("The CO2e rests on different carbon intensities"
                + (kinds ? ", some lifecycle and some not" : "")
                + ": compare the energy, or recompute all with --zone, --pue or --carbon-intensity.");
    }

    private static Optional<String> metrics(Comparison comparison) {
        if (comparison.metric().isEmpty()) {
            return Optional.of("The runs have no metric in common: --metric NAME chooses one that some of them have.");
        }
        String name = PrintableName.of(comparison.metric().get().name());
        List<ComparedRun> without = comparison.runs().stream()
                .filter(run -> run.finalValue().isEmpty())
                .toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(letters(without) + (without.size() == 1 ? " has" : " have") + " no value of " + name
                        + " and " + (without.size() == 1 ? "is" : "are") + " not on the front.");
    }

    private static Optional<String> notRecorded(Comparison comparison, Goal goal) {
        List<ComparedRun> without = comparison.runs().stream()
                .filter(run -> !run.hasMetric(goal.metric()))
                .toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(PrintableName.of(goal.metric()) + " is not in the "
                        + (without.size() == 1 ? "journal of run " : "journals of runs ") + letters(without) + ".");
    }

    private static Optional<String> goal(Comparison comparison) {
        return comparison
                .goal()
                .filter(goal -> comparison.runs().stream().anyMatch(run -> run.hasMetric(goal.metric())))
                .map(
                        goal -> "Energy to reach " + PrintableName.of(goal.text())
                                + ": of the training until the end of the first epoch that reached it; nothing is interpolated.");
    }

    private static Optional<String> trainings(Comparison comparison) {
        List<ComparedRun> several = comparison.runs().stream()
                .filter(run -> run.run().trainings().size() > 1)
                .toList();
        return several.isEmpty()
                ? Optional.empty()
                : Optional.of("Of several trainings in " + letters(several)
                        + ", the metric and the energy per sample are of the one that used the most energy.");
    }

    private static String letters(List<ComparedRun> runs) {
        return runs.stream().map(ComparedRun::letter).collect(Collectors.joining(", "));
    }
}
