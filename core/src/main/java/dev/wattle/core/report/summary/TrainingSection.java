/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.report.text.BudgetText;
import dev.wattle.core.report.text.CurvePlot;
import dev.wattle.core.report.text.CurveText;
import dev.wattle.core.report.text.EvenSample;
import dev.wattle.core.report.text.PrintableName;
import dev.wattle.core.report.text.ProjectionText;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.report.text.TrainingText;
import dev.wattle.core.report.text.WindowTable;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.util.List;
import java.util.Optional;

/** The part of the full summary about trainings: epochs, projections, curves, phases, windows and the budget. */
final class TrainingSection {

    static final int MAX_TRAININGS = 4;

    /** Of more epochs the first, the last and an even sample of the others have a row. */
    static final int MAX_ROWS = 12;

    private static final int MIN_POINTS_TO_PLOT = 5;

    private final TrainingsSnapshot trainings;
    private final CarbonSettings carbon;
    private final RunUnits units;
    private final SummaryLines lines;

    private TrainingSection(RunSnapshot run, RunUnits units, SummaryLines lines) {
        this.trainings = run.trainings();
        this.carbon = run.carbon();
        this.units = units;
        this.lines = lines;
    }

    static void write(RunSnapshot run, RunUnits units, SummaryLines lines) {
        new TrainingSection(run, units, lines).write();
    }

    private void write() {
        List<TrainingRecord> all = trainings.snapshot().trainings();
        List<TrainingRecord> shown = all.subList(Math.max(0, all.size() - MAX_TRAININGS), all.size());
        long omitted = all.size() - shown.size() + (long) trainings.snapshot().forgotten();
        if (omitted > 0) {
            lines.field("trainings", omitted + " earlier ones are not shown; the phases below include them");
        }
        shown.forEach(this::training);
        if (!all.isEmpty()) {
            PhaseTable.lines(trainings.snapshot().phases(), units).forEach(lines::plain);
        }
        windows();
        trainings.budget().ifPresent(state -> lines.field("budget", BudgetText.summary(state)));
        long dropped = trainings.snapshot().dropped();
        if (dropped > 0) {
            lines.field(
                    "lost",
                    dropped + " boundaries arrived too fast and were dropped: epochs and iterations may be missing");
        }
    }

    private void training(TrainingRecord training) {
        Forecast forecast = trainings.forecast(training);
        Optional<LearningCurve> curve = LearningCurve.of(training);
        lines.field("training " + training.training(), TrainingText.headline(training, forecast, units));
        if (training.epochs().isEmpty()) {
            return;
        }
        List<EpochRecord> shown = EvenSample.of(training.epochs(), MAX_ROWS);
        EpochTable table = new EpochTable(training.epochs(), shown, curve.map(LearningCurve::metric), carbon, units);
        table.lines().forEach(lines::plain);
        table.notes().forEach(note -> lines.field("", note));
        forecast.projection()
                .ifPresent(projection -> lines.field("projection", ProjectionText.of(projection, carbon, units)));
        ProjectionText.checks(training, forecast, units).forEach(sentence -> lines.field("projected", sentence));
        curve.ifPresent(this::curve);
    }

    private void curve(LearningCurve curve) {
        String text = CurveText.of(curve);
        if (!text.isEmpty()) {
            lines.field("curve", text);
        }
        if (curve.points().size() >= MIN_POINTS_TO_PLOT) {
            lines.field("", PrintableName.of(curve.metric().name()) + " over the energy used:");
            CurvePlot.of(curve, units).forEach(lines::plain);
            CurveText.outsideScale(curve).ifPresent(sentence -> lines.field("", sentence));
        }
    }

    private void windows() {
        List<WindowTotals> windows = trainings.windows();
        WindowTable.lines(windows, units).forEach(lines::plain);
        if (WindowTable.omitted(windows) > 0) {
            lines.field("", WindowTable.omitted(windows) + " more windows are in the journal");
        }
        WindowTable.notes(windows).forEach(note -> lines.field("", note));
    }
}
