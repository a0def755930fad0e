/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.util.List;
import java.util.Optional;

/** The part of the summary about trainings: epochs, projections, curves, phases, windows and the budget. */
public final class TrainingText {

    static final int MAX_TRAININGS = 4;

    private static final int MIN_POINTS_TO_PLOT = 5;

    private final TrainingsSnapshot trainings;
    private final CarbonSettings carbon;
    private final SummaryLines lines;

    private TrainingText(RunSnapshot run, SummaryLines lines) {
        this.trainings = run.trainings();
        this.carbon = run.carbon();
        this.lines = lines;
    }

    static void write(RunSnapshot run, SummaryLines lines) {
        new TrainingText(run, lines).write();
    }

    /** A training in one sentence: framework, name, progress and energy. */
    public static String headline(TrainingRecord training, Forecast forecast) {
        String planned = forecast.plannedEpochs() > 0 ? " of " + forecast.plannedEpochs() : "";
        return training.framework().tag()
                + (training.name().isEmpty() ? "" : " \"" + PrintableName.of(training.name()) + "\"")
                + ", "
                + training.epochsDone() + planned
                + (training.epochsDone() == 1 && planned.isEmpty() ? " epoch, " : " epochs, ")
                + training.iterations() + " iterations, "
                + QuantityFormat.joules(EnergySums.total(training.microjoules()))
                + (training.domains().isEmpty() ? "" : " (" + TrainingsSnapshot.quality(training.domains()) + ")")
                + (training.insideMicrojoules() > 0
                        ? " and " + QuantityFormat.joules(training.insideMicrojoules()) + " in nested trainings"
                        : "")
                + (training.incomplete() ? "; some of its events were lost" : "");
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
            PhaseTable.lines(trainings.snapshot().phases()).forEach(lines::plain);
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
        lines.field("training " + training.training(), headline(training, forecast));
        if (training.epochs().isEmpty()) {
            return;
        }
        EpochTable table = new EpochTable(training.epochs(), curve.map(LearningCurve::metric), carbon);
        table.lines().forEach(lines::plain);
        table.notes().forEach(note -> lines.field("", note));
        forecast.projection().ifPresent(projection -> lines.field("projection", ProjectionText.of(projection, carbon)));
        ProjectionText.checks(training, forecast).forEach(sentence -> lines.field("projected", sentence));
        curve.ifPresent(this::curve);
    }

    private void curve(LearningCurve curve) {
        String text = CurveText.of(curve);
        if (!text.isEmpty()) {
            lines.field("curve", text);
        }
        if (curve.points().size() >= MIN_POINTS_TO_PLOT) {
            lines.field("", curve.metric().name() + " over the energy used:");
            CurvePlot.of(curve).forEach(lines::plain);
            CurveText.outsideScale(curve).ifPresent(sentence -> lines.field("", sentence));
        }
    }

    private void windows() {
        List<WindowTotals> windows = trainings.windows();
        WindowTable.lines(windows).forEach(lines::plain);
        if (WindowTable.omitted(windows) > 0) {
            lines.field("", WindowTable.omitted(windows) + " more windows are in the journal");
        }
        WindowTable.notes(windows).forEach(note -> lines.field("", note));
    }
}
