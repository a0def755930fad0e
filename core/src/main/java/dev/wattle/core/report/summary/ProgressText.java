/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.LearningCurve.LastQuarter;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.report.text.PrintableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the end of a training was worth, in one sentence. */
final class ProgressText {

    private ProgressText() {}

    /** Of the latest training with enough epochs and a metric; why there is nothing to say where there is none. */
    static String of(List<TrainingRecord> trainings) {
        if (trainings.isEmpty()) {
            return "no training was seen in this run";
        }
        for (int i = trainings.size() - 1; i >= 0; i--) {
            TrainingRecord training = trainings.get(i);
            Optional<LastQuarter> end = LearningCurve.of(training).flatMap(LearningCurve::lastQuarter);
            if (end.isPresent()) {
                String which = trainings.size() == 1 ? "" : "training " + training.training() + ": ";
                return which + of(LearningCurve.of(training).orElseThrow(), end.get());
            }
        }
        return trainings.stream().noneMatch(training -> training.epochsDone() >= LearningCurve.MIN_EPOCHS)
                ? "too few epochs to say what the last ones were worth"
                : "no loss or metric was seen, so what the last epochs were worth is not known";
    }

    private static String of(LearningCurve curve, LastQuarter end) {
        String share = Double.isNaN(end.energyShare())
                ? "used no measurable energy"
                : String.format((Locale) null, "took %.1f %% of the energy", 100 * end.energyShare());
        String gain = end.gain() <= 0
                ? " and did not improve " + PrintableName.of(curve.metric().name()) + ", best after epoch "
                        + end.bestEpoch()
                : String.format((Locale) null, " for %.1f %% of the improvement", 100 * end.gainShare());
        String knee = curve.cornerEpoch().isPresent()
                ? "; after epoch " + curve.cornerEpoch().getAsInt() + " progress cost " + LearningCurve.TIMES
                        + " times more"
                : "";
        return "the last quarter of the epochs " + share + gain + knee;
    }
}
