/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.snapshot.TrainingsSnapshot;

/** A training in one sentence. */
public final class TrainingText {

    private TrainingText() {}

    /** Framework, name, progress and energy. */
    public static String headline(TrainingRecord training, Forecast forecast, RunUnits units) {
        String planned = forecast.plannedEpochs() > 0 ? " of " + forecast.plannedEpochs() : "";
        return training.framework().tag()
                + (training.name().isEmpty() ? "" : " \"" + PrintableName.of(training.name()) + "\"")
                + ", "
                + training.epochsDone() + planned
                + (training.epochsDone() == 1 && planned.isEmpty() ? " epoch, " : " epochs, ")
                + training.iterations() + (training.iterations() == 1 ? " iteration, " : " iterations, ")
                + energy(training, units)
                + (training.insideMicrojoules() > 0
                        ? " and " + units.energy(training.insideMicrojoules()) + " in nested trainings"
                        : "")
                + (training.incomplete() ? "; some of its events were lost" : "");
    }

    /** An energy of zero to which no device contributed is not known. */
    private static String energy(TrainingRecord training, RunUnits units) {
        return training.domains().isEmpty()
                ? "energy not known: no device was read while it was active"
                : units.energy(EnergySums.total(training.microjoules())) + " ("
                        + TrainingsSnapshot.quality(training.domains()) + ")";
    }
}
