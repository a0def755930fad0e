/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.report.text.EvenSample;
import dev.wattle.core.snapshot.TrainingsSnapshot;

/**
 * Trainings in the journal and in the live data, without their epochs.
 *
 * <p>Energies are whole microjoules. A figure that is unknown or not finite is left out.
 */
final class TrainingJson {

    private TrainingJson() {}

    /** A training with its energy by phase and its projections. */
    static JsonObject of(TrainingRecord training, Forecast forecast, CarbonSettings carbon) {
        JsonObject json = new JsonObject();
        json.addProperty("training", training.training());
        json.addProperty("framework", training.framework().tag());
        if (!training.name().isEmpty()) {
            json.addProperty("name", training.name());
        }
        json.addProperty("began", RunJson.MICROS.format(training.started()));
        if (forecast.plannedEpochs() > 0) {
            json.addProperty("planned_epochs", forecast.plannedEpochs());
        }
        json.addProperty("epochs", training.epochsDone());
        json.addProperty("iterations", training.iterations());
        json.addProperty("samples", training.samples());
        addWork(json, training);
        JsonObject phases = new JsonObject();
        training.microjoules().forEach((phase, sum) -> phases.addProperty(phase.tag(), sum));
        json.add("microjoules_by_phase", phases);
        if (training.insideMicrojoules() > 0) {
            json.addProperty("inside_microjoules", training.insideMicrojoules());
        }
        json.addProperty("quality", TrainingsSnapshot.quality(training.domains()));
        if (training.incomplete()) {
            json.addProperty("incomplete", true);
        }
        JsonArray checks = new JsonArray();
        forecast.checks().forEach(check -> checks.add(ProjectionJson.of(check, carbon)));
        json.add("projections", checks);
        return json;
    }

    /** What the program reported, and the energy of the training for each unit of it; those inside its epochs included. */
    private static void addWork(JsonObject json, TrainingRecord training) {
        long used = EnergySums.total(training.microjoules()) + training.insideMicrojoules();
        double joules = EnergyUnits.joules(used);
        if (training.work().tokens() > 0) {
            json.addProperty("tokens", training.work().tokens());
            json.addProperty("joules_per_token", joules / training.work().tokens());
        }
        if (training.work().flops() > 0) {
            JsonNumbers.addFinite(json, "flops", training.work().flops());
            JsonNumbers.addFinite(
                    json, "joules_per_flop", joules / training.work().flops());
        }
    }

    /** @param maxPoints the number of points at most: the first, the last and an even sample between them */
    static JsonObject curve(LearningCurve curve, int maxPoints) {
        JsonObject json = new JsonObject();
        json.addProperty("merit", curve.metric().name());
        json.addProperty("higher_is_better", curve.metric().higherIsBetter());
        json.addProperty("in_points", curve.metric().inPoints());
        JsonArray points = new JsonArray();
        for (LearningCurve.Point point : EvenSample.of(curve.points(), maxPoints)) {
            JsonArray row = new JsonArray();
            row.add(point.epoch());
            row.add(point.microjoules());
            row.add(point.value());
            points.add(row);
        }
        json.add("points", points);
        JsonObject scale = new JsonObject();
        scale.addProperty("low", curve.range().low());
        scale.addProperty("high", curve.range().high());
        json.add("scale", scale);
        curve.lastQuarter().ifPresent(end -> {
            JsonObject quarter = new JsonObject();
            quarter.addProperty("first", end.first());
            quarter.addProperty("last", end.last());
            JsonNumbers.addFinite(quarter, "energy_share", end.energyShare());
            JsonNumbers.addFinite(quarter, "gain", end.gain());
            JsonNumbers.addFinite(quarter, "gain_share", end.gainShare());
            quarter.addProperty("best_epoch", end.bestEpoch());
            json.add("last_quarter", quarter);
        });
        json.addProperty("times", LearningCurve.TIMES);
        curve.cornerEpoch().ifPresent(epoch -> json.addProperty("corner_epoch", epoch));
        return json;
    }
}
