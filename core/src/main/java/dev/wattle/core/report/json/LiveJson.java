/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.report.text.CurveText;
import dev.wattle.core.snapshot.RunSnapshot;
import java.time.Instant;
import java.util.List;

/**
 * A run while it goes on, as one object for the live page and for programs. Names are as in the journal. Bounded in size: the
 * latest {@value #MOST_TRAININGS} trainings with their latest {@value #MOST_EPOCHS} epochs and a curve of {@value #MOST_POINTS}
 * points.
 */
public final class LiveJson {

    private static final int SCHEMA = 1;
    private static final int MOST_TRAININGS = 8;
    private static final int MOST_EPOCHS = 50;
    private static final int MOST_POINTS = 200;

    private LiveJson() {}

    /** The object. */
    public static JsonObject of(RunSnapshot report, Instant at) {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.addProperty("run", report.run().run());
        report.run().project().ifPresent(project -> json.addProperty("project", project));
        json.addProperty("host", report.run().host());
        json.addProperty("wattle", report.run().wattle());
        json.addProperty("started", report.run().started().toString());
        RunJson.addFigures(json, report, at);
        json.addProperty("kwh", EnergyUnits.kwh(report.microjoules()));
        json.add("carbon", RunJson.carbon(report.carbon()));
        json.addProperty("world_average", report.carbon().worldAverage());
        JsonArray devices = new JsonArray();
        report.devices().forEach(device -> devices.add(RunJson.device(device)));
        json.add("devices", devices);
        json.add("trainings", trainings(report));
        json.addProperty("trainings_forgotten", forgotten(report));
        json.add("windows", TrainingJson.windows(report.training().windows()));
        return json;
    }

    private static int forgotten(RunSnapshot report) {
        int held = report.training().snapshot().trainings().size();
        return report.training().snapshot().forgotten() + Math.max(0, held - MOST_TRAININGS);
    }

    private static JsonArray trainings(RunSnapshot report) {
        JsonArray trainings = new JsonArray();
        for (TrainingRecord training : latest(report.training().snapshot().trainings(), MOST_TRAININGS)) {
            Forecast outlook = report.training().outlook(training);
            JsonObject json = TrainingJson.training(training, outlook, report.carbon());
            json.addProperty("working", training.working());
            json.addProperty("epoch_iterations", training.epochIterations());
            outlook.projection()
                    .ifPresent(
                            projection -> json.add("projection", TrainingJson.projection(projection, report.carbon())));
            LearningCurve.of(training).ifPresent(curve -> {
                JsonObject drawn = TrainingJson.curve(curve, MOST_POINTS);
                drawn.addProperty("text", CurveText.of(curve));
                json.add("curve", drawn);
            });
            JsonArray rows = new JsonArray();
            for (EpochRecord epoch : latest(training.epochs(), MOST_EPOCHS)) {
                rows.add(TrainingJson.epoch(epoch, report.carbon()));
            }
            json.add("epoch_rows", rows);
            trainings.add(json);
        }
        return trainings;
    }

    private static <T> List<T> latest(List<T> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
