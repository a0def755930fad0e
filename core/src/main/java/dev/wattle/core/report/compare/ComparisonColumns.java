/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.compare;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.ledger.compare.ComparedRun;
import dev.wattle.core.ledger.compare.Comparison;
import dev.wattle.core.ledger.compare.Goal;
import dev.wattle.core.ledger.compare.Metric;
import dev.wattle.core.report.text.PrintableName;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.UnitScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The figures of a comparison as cells: a row for each measure, whose first cell is its name with its unit. */
public final class ComparisonColumns {

    private static final String UNKNOWN = "-";

    private final Comparison comparison;
    private final List<List<String>> rows = new ArrayList<>();

    private ComparisonColumns(Comparison comparison) {
        this.comparison = comparison;
    }

    /** The rows; the first one has the letters of the runs. */
    public static List<List<String>> of(Comparison comparison) {
        ComparisonColumns columns = new ComparisonColumns(comparison);
        columns.fill();
        return columns.rows;
    }

    /** The same cells with a row for each run. */
    public static List<List<String>> turned(List<List<String>> byMeasure) {
        List<List<String>> byRun = new ArrayList<>();
        for (int i = 0; i < byMeasure.get(0).size(); i++) {
            List<String> row = new ArrayList<>();
            for (List<String> measure : byMeasure) {
                row.add(measure.get(i));
            }
            byRun.add(row);
        }
        return byRun;
    }

    private void fill() {
        row("run", ComparedRun::letter);
        scaled("time", run -> run.run().seconds(), UnitScale::seconds);
        scaled("energy", run -> EnergyUnits.joules(run.microjoules()), UnitScale::totalJoules);
        scaled("energy", run -> 1e3 * EnergyUnits.kwh(run.microjoules()), UnitScale::wattHours);
        scaled("CO2e", run -> run.gramsCo2e().orElse(Double.NaN), UnitScale::grams);
        scaled("per sample", run -> run.joulesPerSample().orElse(Double.NaN), UnitScale::joules);
        comparison.metric().ifPresent(this::metric);
        comparison.goal().ifPresent(this::goal);
        comparison.metric().ifPresent(metric -> row("front", run -> front(run)));
    }

    private void metric(Metric metric) {
        String name = PrintableName.of(metric.name());
        row(name, run -> run.finalValue().isPresent() ? digits(run.finalValue().getAsDouble()) : UNKNOWN);
        row(
                "best (epoch)",
                run -> run.best(metric)
                        .map(best -> digits(best.value()) + " (" + best.epoch() + ")")
                        .orElse(UNKNOWN));
    }

    private void goal(Goal goal) {
        scaled(
                "to " + PrintableName.of(goal.text()),
                run -> run.reached()
                        .map(reached -> EnergyUnits.joules(reached.microjoules()))
                        .orElse(Double.NaN),
                UnitScale::totalJoules);
        row(
                "reached at epoch",
                run -> run.reached()
                        .map(reached -> String.valueOf(reached.epoch()))
                        .orElse(run.hasMetric(goal.metric()) ? "never" : UNKNOWN));
    }

    private static String front(ComparedRun run) {
        return run.finalValue().isEmpty() ? UNKNOWN : run.pareto() ? "yes" : "no";
    }

    private void row(String name, Function<ComparedRun, String> cell) {
        List<String> row = new ArrayList<>();
        row.add(name);
        comparison.runs().forEach(run -> row.add(cell.apply(run)));
        rows.add(row);
    }

    private void scaled(String name, ToDoubleFunction<ComparedRun> value, Function<Double, UnitScale> scales) {
        double largest = comparison.runs().stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        UnitScale scale = scales.apply(largest);
        row(name + " (" + scale.unit() + ")", run -> scale.of(value.applyAsDouble(run)));
    }

    private static String digits(double value) {
        return QuantityFormat.digits(value);
    }

    /** What a CO2e rests on, in a few words. */
    public static String place(CarbonSettings carbon) {
        CarbonIntensity intensity = carbon.intensity();
        String origin = intensity.zone().equals(CarbonIntensity.CUSTOM)
                ? "as configured"
                : PrintableName.of(intensity.zone())
                        + (intensity.year() == 0 ? "" : ", " + intensity.year())
                        + ", " + intensity.kind().tag();
        return digits(intensity.gramsPerKwh()) + " g CO2e/kWh (" + origin + "), PUE "
                + String.format((Locale) null, "%.2f", carbon.pue());
    }
}
