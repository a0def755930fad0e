/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.domain.PowerHistory;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.forecast.ProjectionCheck;
import dev.wattle.core.impact.Equivalences;
import dev.wattle.core.report.text.BudgetText;
import dev.wattle.core.report.text.CurveText;
import dev.wattle.core.report.text.EpochMark;
import dev.wattle.core.report.text.ProjectionText;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.report.text.TrainingText;
import dev.wattle.core.report.text.WindowTable;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A running run as one object, for the live page and for programs: the fields of the journal, and the sentences of the summary
 * so that the page has the same words. Bounded in size: the latest {@value #MAX_TRAININGS} trainings with their latest
 * {@value #MAX_EPOCHS} epochs and a curve of {@value #MAX_POINTS} points.
 */
public final class LiveJson {

    private static final int SCHEMA = 1;
    private static final int MAX_TRAININGS = 8;
    private static final int MAX_EPOCHS = 50;
    private static final int MAX_POINTS = 200;

    private LiveJson() {}

    /**
     * Makes the object of a run with the power of its devices.
     *
     * @param at the moment that the snapshot shows
     * @param ended whether these are the last figures of the run
     */
    public static JsonObject of(RunSnapshot run, Instant at, PowerHistory power, boolean ended) {
        JsonObject json = of(run, at);
        json.addProperty("ended", ended);
        if (!ended) {
            addPowers(json.getAsJsonArray("devices"), run.devices(), power.latest());
        }
        json.add(
                "power_history",
                PowerJson.of(power, json.getAsJsonObject("microjoules").keySet()));
        return json;
    }

    private static void addPowers(JsonArray array, List<DeviceSnapshot> devices, Map<String, Long> microwatts) {
        for (int i = 0; i < devices.size(); i++) {
            Long known = microwatts.get(devices.get(i).domain().device());
            if (known != null && !devices.get(i).retired()) {
                array.get(i).getAsJsonObject().addProperty("microwatts", known);
            }
        }
    }

    static JsonObject of(RunSnapshot run, Instant at) {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.addProperty("run", run.run().run());
        run.run().project().ifPresent(project -> json.addProperty("project", project));
        json.addProperty("host", run.run().host());
        json.addProperty("wattle", run.run().wattle());
        json.addProperty("started", run.run().started().toString());
        RunFigures.addTo(json, run, at);
        json.addProperty("kwh", EnergyUnits.kwh(run.microjoules()));
        Equivalences.bundled().closest(run.gramsCo2e()).ifPresent(like -> json.addProperty("equivalence", like.text()));
        json.add("carbon", RunJson.carbon(run));
        json.addProperty("world_average", run.carbon().worldAverage());
        JsonArray devices = new JsonArray();
        run.devices().forEach(device -> devices.add(DeviceJson.of(device)));
        json.add("devices", devices);
        json.add("trainings", trainings(run));
        json.addProperty("trainings_forgotten", forgotten(run));
        json.add("epoch_marks", epochMarks());
        json.add("windows", windows(run.trainings().windows()));
        json.add("window_notes", strings(WindowTable.notes(run.trainings().windows())));
        run.trainings()
                .budget()
                .ifPresent(state -> json.getAsJsonObject("budget").addProperty("text", BudgetText.remaining(state)));
        return json;
    }

    private static int forgotten(RunSnapshot run) {
        int held = run.trainings().snapshot().trainings().size();
        return run.trainings().snapshot().forgotten() + Math.max(0, held - MAX_TRAININGS);
    }

    private static JsonArray trainings(RunSnapshot run) {
        JsonArray trainings = new JsonArray();
        RunUnits units = RunUnits.of(run);
        for (TrainingRecord training : latest(run.trainings().snapshot().trainings(), MAX_TRAININGS)) {
            Forecast forecast = run.trainings().forecast(training);
            JsonObject json = TrainingJson.of(training, forecast, run.carbon());
            json.addProperty("text", TrainingText.headline(training, forecast, units));
            addCheckTexts(json.getAsJsonArray("projections"), forecast.checks(), units);
            json.addProperty("working", training.working());
            json.addProperty("epoch_iterations", training.epochIterations());
            forecast.projection().ifPresent(projection -> {
                JsonObject projected = ProjectionJson.of(projection, run.carbon());
                projected.addProperty("text", ProjectionText.of(projection, run.carbon(), units));
                json.add("projection", projected);
            });
            LearningCurve.of(training).ifPresent(curve -> {
                JsonObject drawn = TrainingJson.curve(curve, MAX_POINTS);
                drawn.addProperty("text", CurveText.of(curve));
                json.add("curve", drawn);
            });
            JsonArray rows = new JsonArray();
            for (EpochRecord epoch : latest(training.epochs(), MAX_EPOCHS)) {
                rows.add(EpochJson.of(epoch, run.carbon()));
            }
            json.add("epoch_rows", rows);
            trainings.add(json);
        }
        return trainings;
    }

    private static void addCheckTexts(JsonArray projections, List<ProjectionCheck> checks, RunUnits units) {
        for (int i = 0; i < checks.size(); i++) {
            if (checks.get(i).isDecided()) {
                projections.get(i).getAsJsonObject().addProperty("text", ProjectionText.of(checks.get(i), units));
            }
        }
    }

    private static JsonArray epochMarks() {
        JsonArray marks = new JsonArray();
        for (EpochMark mark : EpochMark.values()) {
            JsonObject json = new JsonObject();
            json.addProperty("field", mark.field());
            json.addProperty("sign", String.valueOf(mark.sign()));
            json.addProperty("meaning", mark.meaning());
            marks.add(json);
        }
        return marks;
    }

    private static JsonArray windows(List<WindowTotals> windows) {
        JsonArray json = EpochJson.windows(windows);
        for (int i = 0; i < windows.size(); i++) {
            json.get(i).getAsJsonObject().addProperty("marks", WindowTable.marks(windows.get(i)));
        }
        return json;
    }

    private static JsonArray strings(List<String> texts) {
        JsonArray json = new JsonArray();
        texts.forEach(json::add);
        return json;
    }

    private static <T> List<T> latest(List<T> all, int maximum) {
        return all.subList(Math.max(0, all.size() - maximum), all.size());
    }
}
