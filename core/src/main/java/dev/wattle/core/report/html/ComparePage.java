/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.ValueRange;
import dev.wattle.core.ledger.compare.ComparedRun;
import dev.wattle.core.ledger.compare.Comparison;
import dev.wattle.core.ledger.compare.Metric;
import dev.wattle.core.report.compare.ComparisonColumns;
import dev.wattle.core.report.compare.ComparisonSentences;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.UnitScale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs side by side as a self-contained HTML file: their figures, their front, their curves. Bounded in size. */
public final class ComparePage {

    private static final int MAX_CURVES = Series.COLOURS;
    private static final int MAX_COLUMNS = 6;
    private static final int X_TICKS = 6;
    private static final int Y_TICKS = 5;

    private final Comparison comparison;
    private final UnitScale scale;
    private final HtmlWriter out = new HtmlWriter();

    private ComparePage(Comparison comparison) {
        this.comparison = comparison;
        this.scale = UnitScale.totalJoules(comparison.runs().stream()
                .mapToDouble(run -> EnergyUnits.joules(run.microjoules()))
                .max()
                .orElse(0));
    }

    /**
     * The file's text.
     *
     * @param wattle the version that made it
     */
    public static String of(Comparison comparison, String wattle) {
        return new ComparePage(comparison).page(wattle);
    }

    private String page(String wattle) {
        PageFrame.start(out, "Comparison of " + comparison.runs().size() + " runs - Wattle");
        out.start("header").element("h1", "Comparison of " + comparison.runs().size() + " runs");
        out.endLine();
        out.start("main");
        ComparisonSentences.verdict(comparison).ifPresent(verdict -> out.element("p", verdict, "class", "answer"));
        figures();
        comparison.metric().ifPresent(metric -> {
            out.start("section").element("h2", "What the progress cost");
            front(metric);
            curves(metric);
            out.endLine();
        });
        runs();
        out.endLine();
        PageFrame.end(
                out, "Made by Wattle " + wattle + " from the journals of the runs. This file loads nothing else.");
        return out.written();
    }

    private void figures() {
        List<List<String>> rows = ComparisonColumns.of(comparison);
        boolean turned = comparison.runs().size() > MAX_COLUMNS;
        if (turned) {
            rows = ComparisonColumns.turned(rows);
        }
        out.start("section").element("h2", "Side by side");
        new TableWriter(out).table("Figures of the runs", 1, rows.get(0), rows.subList(1, rows.size()));
        ComparisonSentences.notes(comparison).forEach(note -> out.element("p", note, "class", "quiet"));
        out.endLine();
    }

    private void front(Metric metric) {
        List<ComparedRun> known = comparison.runs().stream()
                .filter(run -> run.finalValue().isPresent())
                .toList();
        if (known.isEmpty()) {
            return;
        }
        List<FrontChart.Run> runs = known.stream()
                .map(run -> new FrontChart.Run(
                        run.microjoules(),
                        run.finalValue().orElseThrow(),
                        run.pareto(),
                        run.letter() + ", " + run.run().run()))
                .toList();
        new FrontChart("front", metric.name(), scale, runs).write(out);
    }

    private void curves(Metric metric) {
        List<Series> series = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        double largest = 0;
        int left = 0;
        for (ComparedRun run : frontFirst()) {
            if (run.points().isEmpty()) {
                continue;
            }
            if (series.size() == MAX_CURVES) {
                left++;
                continue;
            }
            List<Mark> marks = new ArrayList<>();
            for (LearningCurve.Point point : run.points()) {
                double energy = EnergyUnits.joules(point.microjoules()) / scale.size();
                largest = Math.max(largest, energy);
                values.add(point.value());
                marks.add(new Mark(
                        energy,
                        point.value(),
                        run.letter() + ", epoch " + point.epoch() + ": " + metric.name() + " "
                                + QuantityFormat.digits(point.value()) + " after "
                                + scale.text(EnergyUnits.joules(point.microjoules()))));
            }
            series.add(new Series(run.letter() + " " + run.run().run(), Series.Style.PLAIN_LINE, series.size(), marks));
        }
        if (series.isEmpty()) {
            return;
        }
        ValueRange range = ValueRange.of(values);
        new XyChart(
                        "curves",
                        metric.name() + " over the energy of the training",
                        "A line for each run: " + metric.name() + " after each epoch over the energy until then.",
                        "energy in " + scale.unit(),
                        metric.name(),
                        Axis.fromZero(largest, X_TICKS),
                        Axis.of(range.low(), range.high(), Y_TICKS),
                        series,
                        Optional.empty())
                .write(out);
        if (left > 0) {
            out.element("p", left + " more runs have no line here; the figures above have all.", "class", "quiet");
        }
    }

    /** Where not all have a line, those on the front have one. */
    private List<ComparedRun> frontFirst() {
        if (comparison.runs().size() <= MAX_CURVES) {
            return comparison.runs();
        }
        List<ComparedRun> ordered = new ArrayList<>(comparison.runs());
        ordered.sort(Comparator.comparing(run -> !run.pareto()));
        return ordered;
    }

    private void runs() {
        List<List<String>> rows = new ArrayList<>();
        for (ComparedRun run : comparison.runs()) {
            rows.add(List.of(
                    run.letter(),
                    run.run().run() + (run.run().killed() ? " (killed or still running)" : ""),
                    run.run().project().orElse("-"),
                    run.run().host(),
                    run.run().started().map(RunPage::minute).orElse("-"),
                    run.run().qualities().isEmpty() ? "none" : run.run().qualities(),
                    run.carbon().map(ComparisonColumns::place).orElse("-")));
        }
        out.start("section").element("h2", "The runs");
        new TableWriter(out)
                .table(
                        "Which runs these are, how their energy was determined, and what their CO2e rests on",
                        7,
                        List.of("", "run", "project", "host", "started (UTC)", "quality", "CO2e at"),
                        rows);
        out.endLine();
    }
}
