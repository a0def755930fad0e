/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.UnitScale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Runs on energy over a metric, with the Pareto front as a line. Of very many runs all those on the front are drawn, and a part of
 * the others.
 *
 * @param id unique in the page
 * @param metric its name
 * @param scale the unit of energy
 */
record FrontChart(String id, String metric, UnitScale scale, List<FrontChart.Run> runs) {

    private static final int X_TICKS = 6;
    private static final int Y_TICKS = 5;

    /**
     * A run in the chart.
     *
     * @param microjoules its energy
     * @param value its final metric, finite
     * @param front whether it is on the front
     * @param name for a person
     */
    record Run(long microjoules, double value, boolean front, String name) {}

    void write(HtmlWriter out) {
        List<Run> front = runs.stream()
                .filter(Run::front)
                .sorted(Comparator.comparingLong(Run::microjoules))
                .toList();
        double low = runs.stream().mapToDouble(Run::value).min().orElse(0);
        double high = runs.stream().mapToDouble(Run::value).max().orElse(1);
        double least = runs.stream().mapToDouble(this::energy).min().orElse(0);
        double most = runs.stream().mapToDouble(this::energy).max().orElse(1);
        Axis x = Axis.of(least, most, X_TICKS);
        new XyChart(
                        id,
                        "Runs: final " + metric + " over energy",
                        runs.size() + " runs as dots, final " + metric + " over energy; " + front.size()
                                + " of them are on the Pareto front, which no other run beats in both.",
                        "energy in " + scale.unit(),
                        metric,
                        x.logarithmic() ? x : Axis.fromZero(most, X_TICKS),
                        Axis.of(low, high, Y_TICKS),
                        List.of(
                                new Series(
                                        "other runs",
                                        Series.Style.DOTS,
                                        7,
                                        marks(runs.stream()
                                                .filter(run -> !run.front())
                                                .toList())),
                                new Series("on the front", Series.Style.FRONT, 0, marks(front))),
                        Optional.empty())
                .write(out);
    }

    private double energy(Run run) {
        return EnergyUnits.joules(run.microjoules()) / scale.size();
    }

    private List<Mark> marks(List<Run> some) {
        List<Mark> marks = new ArrayList<>();
        for (Run run : some) {
            marks.add(new Mark(
                    energy(run),
                    run.value(),
                    run.name() + ": " + metric + " " + QuantityFormat.digits(run.value()) + " for "
                            + scale.text(EnergyUnits.joules(run.microjoules()))));
        }
        return marks;
    }
}
