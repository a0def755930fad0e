/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.forecast.Estimate;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.forecast.Projection;
import dev.wattle.core.forecast.ProjectionCheck;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words what a training will have cost, and afterwards how right that was. */
public final class ProjectionText {

    private ProjectionText() {}

    /** One projection. */
    public static String of(Projection projection, CarbonSettings carbon) {
        Estimate energy = projection.microjoules();
        StringBuilder text = new StringBuilder()
                .append(QuantityFormat.kwh(kwh(energy.expected())))
                .append(rangeOf(energy))
                .append(", ")
                .append(QuantityFormat.grams(carbon.gramsCo2e((long) energy.expected())))
                .append(" CO2e for all ")
                .append(projection.plannedEpochs())
                .append(" epochs, until ")
                .append(projection.end().truncatedTo(ChronoUnit.SECONDS));
        if (projection.nanos().hasRange()) {
            text.append(" +/- ")
                    .append(QuantityFormat.duration((long) projection.nanos().margin()));
        }
        return text.append(projection.fromWarmUp() ? "; only from the first epoch, which is no usual one" : "")
                .toString();
    }

    /** What had been projected and what came of it, a sentence each; none where nothing was planned. */
    static List<String> checks(TrainingRecord training, Forecast outlook) {
        List<String> sentences = new ArrayList<>();
        for (ProjectionCheck check : outlook.checks()) {
            if (check.isDecided()) {
                sentences.add(compared(check));
            }
        }
        if (sentences.isEmpty() && !outlook.checks().isEmpty() && training.epochsDone() < outlook.plannedEpochs()) {
            sentences.add("not compared with the truth: " + training.epochsDone() + " of " + outlook.plannedEpochs()
                    + " planned epochs were done");
        }
        return sentences;
    }

    private static String compared(ProjectionCheck check) {
        Projection projection = check.projection();
        long truth = check.trueMicrojoules().orElseThrow();
        double percent = 100 * check.energyError();
        String off = Double.isNaN(percent)
                ? ""
                : String.format(
                        (Locale) null, ": %.1f %% %s", Math.abs(percent), percent < 0 ? "too little" : "too much");
        String range = !projection.microjoules().hasRange()
                ? ""
                : check.isWithinRange() ? ", within its range" : ", outside its range";
        return "after epoch " + projection.epochsDone() + " of " + projection.plannedEpochs() + ": "
                + QuantityFormat.kwh(kwh(projection.microjoules().expected())) + rangeOf(projection.microjoules())
                + "; it became " + QuantityFormat.kwh(EnergyUnits.kwh(truth)) + off + range;
    }

    private static String rangeOf(Estimate energy) {
        return energy.hasRange()
                ? " (" + QuantityFormat.digits(kwh(energy.low())) + " to " + QuantityFormat.digits(kwh(energy.high()))
                        + ")"
                : " (range not known)";
    }

    private static double kwh(double microjoules) {
        return microjoules / EnergyUnits.MICROJOULES_PER_KWH;
    }
}
