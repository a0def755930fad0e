/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.report.text.ProjectionText;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.report.text.TrainingText;
import dev.wattle.core.snapshot.RunSnapshot;
import java.util.List;
import java.util.Optional;

/** A training in a few lines: its headline, the epochs that say most, and how right its projections were. */
final class ShortTraining {

    private final RunSnapshot run;
    private final RunUnits units;
    private final SummaryLines lines;

    ShortTraining(RunSnapshot run, RunUnits units, SummaryLines lines) {
        this.run = run;
        this.units = units;
        this.lines = lines;
    }

    /** @param rows how many epochs are shown at most, at least two */
    void write(TrainingRecord training, int rows) {
        Forecast forecast = run.trainings().forecast(training);
        lines.field("training " + training.training(), TrainingText.headline(training, forecast, units));
        if (training.epochs().isEmpty()) {
            return;
        }
        Optional<LearningCurve> curve = LearningCurve.of(training);
        List<EpochRecord> shown = TellingEpochs.of(training.epochs(), curve, rows);
        EpochTable table =
                new EpochTable(training.epochs(), shown, curve.map(LearningCurve::metric), run.carbon(), units);
        table.lines().forEach(lines::plain);
        table.notes().forEach(note -> lines.field("", note));
        forecast.projection()
                .ifPresent(projection -> lines.field("projection", ProjectionText.of(projection, run.carbon(), units)));
        List<String> checks = ProjectionText.checks(training, forecast, units);
        if (!checks.isEmpty()) {
            lines.field("projected", checks.get(checks.size() - 1));
        }
    }
}
