/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.forecast.Estimate;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.forecast.Projection;
import dev.wattle.core.forecast.ProjectionCheck;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Projections of a training's energy in words, and afterwards how far off they were. */
public final class ProjectionText {

    private ProjectionText() {}

    /** What a training is projected to use, and until when. */
    public static String of(Projection projection, CarbonSettings carbon, RunUnits units) {
        Estimate energy = projection.microjoules();
        StringBuilder text = new StringBuilder()
                .append(units.energy((long) energy.expected()))
                .append(rangeOf(energy, units))
                .append(", ")
                .append(units.co2e(carbon.gramsCo2e((long) energy.expected())))
                .append(" CO2e for all ")
                .append(projection.plannedEpochs())
                .append(" epochs, until ")
                .append(projection.end().truncatedTo(ChronoUnit.SECONDS));
        if (projection.nanos().hasRange()) {
            text.append(" +/- ")
                    .append(QuantityFormat.duration((long) projection.nanos().margin()));
        }
        return text.append(projection.fromWarmUp() ? "; based on the first epoch alone, which is not typical" : "")
                .toString();
    }

    /** Each projection with the actual energy, a sentence each; none where nothing was planned. */
    public static List<String> checks(TrainingRecord training, Forecast forecast, RunUnits units) {
        List<String> sentences = new ArrayList<>();
        for (ProjectionCheck check : forecast.checks()) {
            if (check.isDecided()) {
                sentences.add(of(check, units));
            }
        }
        if (sentences.isEmpty() && !forecast.checks().isEmpty() && training.epochsDone() < forecast.plannedEpochs()) {
            sentences.add("not compared: only " + training.epochsDone() + " of " + forecast.plannedEpochs()
                    + " planned epochs ended");
        }
        return sentences;
    }

    /** A projection with the actual energy. Only for one that {@linkplain ProjectionCheck#isDecided() is decided}. */
    public static String of(ProjectionCheck check, RunUnits units) {
        Projection projection = check.projection();
        long actual = check.actualMicrojoules().orElseThrow();
        double percent = 100 * check.energyError();
        String off = Double.isNaN(percent)
                ? ""
                : String.format(
                        (Locale) null, ", projection %.1f %% %s", Math.abs(percent), percent < 0 ? "under" : "over");
        String range = !projection.microjoules().hasRange()
                ? ""
                : check.isWithinRange() ? ", within its range" : ", outside its range";
        return "after epoch " + projection.epochsDone() + " of " + projection.plannedEpochs() + ": "
                + units.energy((long) projection.microjoules().expected()) + rangeOf(projection.microjoules(), units)
                + "; actual " + units.energy(actual) + off + range;
    }

    private static String rangeOf(Estimate energy, RunUnits units) {
        return energy.hasRange()
                ? " (" + units.energyNumber((long) energy.low()) + " to " + units.energyNumber((long) energy.high())
                        + ")"
                : " (range not known)";
    }
}
