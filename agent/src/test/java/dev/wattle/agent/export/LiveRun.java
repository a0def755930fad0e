/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The data of a live page, in the form of {@code /run}: two devices and one training, without a real meter. */
final class LiveRun {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final String FRAME = """
            {"schema":1,"run":"20260301-120000-7","host":"node-7","wattle":"0.1.0","started":"2026-03-01T12:00:00Z",
            "at":"2026-03-01T12:10:00Z","elapsed_seconds":600.0,"microjoules":{"cpu":36000000000,"gpu-0":144000000000},
            "microjoules_by_quality":{"counter":144000000000,"modelled":36000000000},"kwh":0.05,"co2e_grams":2.05,
            "carbon":{"grams_per_kwh":41.0,"zone":"FR","year":2025,"kind":"lifecycle","basis":"generation",
            "source":"ember-2026","pue":1.0},"world_average":false,"ended":false,"phases":[
            {"framework":"dl4j","phase":"train","microjoules":{"cpu":30000000000,"gpu-0":140000000000}},
            {"framework":"none","phase":"outside","microjoules":{"cpu":6000000000,"gpu-0":4000000000}}],
            "devices":[],"trainings":[],"trainings_forgotten":0,"windows":[],"window_notes":[],
            "epoch_marks":[{"field":"shared","sign":"=","meaning":"shared with another training"}]}""";

    private final JsonObject json = JsonParser.parseString(FRAME).getAsJsonObject();

    /** A run after ten minutes, with a power each second, and so many epochs. */
    static LiveRun withEpochs(int epochs) {
        LiveRun run = new LiveRun();
        run.device("cpu", "cpu", "modelled", 36_000_000_000L, 61_000_000L);
        run.device("gpu-0", "gpu", "counter", 144_000_000_000L, 251_000_000L);
        run.training(epochs, epoch -> 2.2 * Math.exp(-epoch / 5.0) + 0.02);
        return run.power(600, 1, 600, 1);
    }

    /** For changes of a test's own. */
    JsonObject json() {
        return json;
    }

    LiveRun set(String name, String value) {
        json.addProperty(name, value);
        return this;
    }

    LiveRun device(String device, String component, String quality, long microjoules, long microwatts) {
        JsonObject one = new JsonObject();
        one.addProperty("device", device);
        one.addProperty("component", component);
        one.addProperty("name", "the name of " + device);
        one.addProperty("quality", quality);
        one.addProperty("scope", "machine");
        one.addProperty("source", "the source of " + device);
        one.addProperty("microjoules", microjoules);
        one.addProperty("microwatts", microwatts);
        one.addProperty("average_microwatts", microjoules / 600);
        one.addProperty("peak_microwatts", microwatts + 20_000_000);
        one.addProperty("covered_seconds", 597.0);
        one.addProperty("gaps", 1);
        one.addProperty("gap_seconds", 3.0);
        json.getAsJsonArray("devices").add(one);
        json.getAsJsonObject("microjoules").addProperty(device, microjoules);
        return this;
    }

    /** Replaces the history of the power: so many points of so many seconds each, the tenth of the GPU unknown. */
    LiveRun power(int recentPoints, int recentStep, int wholePoints, int wholeStep) {
        JsonObject history = new JsonObject();
        history.add("recent", series(recentPoints, recentStep));
        history.add("run", series(wholePoints, wholeStep));
        json.add("power_history", history);
        return this;
    }

    private JsonObject series(int points, int step) {
        JsonArray instants = new JsonArray();
        JsonObject watts = new JsonObject();
        for (int i = 1; i <= points; i++) {
            instants.add(START.getEpochSecond() + (long) i * step);
        }
        for (JsonObject device : devices()) {
            JsonArray powers = new JsonArray();
            for (int i = 1; i <= points; i++) {
                if (i == 10 && device.get("device").getAsString().equals("gpu-0")) {
                    powers.add(JsonNull.INSTANCE);
                } else {
                    powers.add(device.get("microwatts").getAsLong() / 1_000_000 + i % 7);
                }
            }
            watts.add(device.get("device").getAsString(), powers);
        }
        JsonObject series = new JsonObject();
        series.add("unix_seconds", instants);
        series.add("watts", watts);
        return series;
    }

    private List<JsonObject> devices() {
        return json.getAsJsonArray("devices").asList().stream()
                .map(device -> device.getAsJsonObject())
                .toList();
    }

    /** Replaces the trainings by one with so many epochs; as in the live data, the curve and the rows are bounded. */
    LiveRun training(int epochs, IntToDoubleFunction loss) {
        JsonObject training = JsonParser.parseString("""
                {"training":1,"framework":"dl4j","began":"2026-03-01T12:00:05Z","iterations":0,"samples":0,
                "microjoules_by_phase":{"train":170000000000},"quality":"counter + modelled","projections":[],
                "text":"dl4j, in the words of the summary","working":true,"epoch_iterations":3,
                "projection":{"kwh":{"expected":0.09,"low":0.08,"high":0.1},"end":"2026-03-01T12:20:00Z","text":"about 90 Wh"}}""").getAsJsonObject();
        training.addProperty("epochs", epochs);
        training.addProperty("planned_epochs", epochs * 2);
        JsonArray points = new JsonArray();
        for (int i = 0; i < Math.min(200, epochs); i++) {
            int epoch = epochs <= 200 ? i + 1 : 1 + (int) Math.round(i * (epochs - 1) / 199.0);
            JsonArray point = new JsonArray();
            point.add(epoch);
            point.add(170_000_000_000L / epochs * epoch);
            point.add(loss.applyAsDouble(epoch));
            points.add(point);
        }
        JsonObject curve = JsonParser.parseString(
                        "{\"merit\":\"loss\",\"higher_is_better\":false,\"in_points\":false,\"times\":10}")
                .getAsJsonObject();
        curve.add("points", points);
        JsonObject scale = new JsonObject();
        scale.addProperty("low", loss.applyAsDouble(epochs));
        scale.addProperty("high", loss.applyAsDouble(1));
        curve.add("scale", scale);
        curve.addProperty("corner_epoch", Math.min(6, epochs));
        training.add("curve", curve);
        JsonArray rows = new JsonArray();
        for (int epoch = Math.max(1, epochs - 49); epoch <= epochs; epoch++) {
            JsonObject row = JsonParser.parseString("""
                    {"training":1,"seconds":1.25,"microjoules":{"cpu":100000000,"gpu-0":400000000},"kwh":0.000138,
                    "co2e_grams":0.0057,"iterations":10,"samples":1437,"metrics":{},"shared":false}""").getAsJsonObject();
            row.addProperty("first", epoch);
            row.addProperty("last", epoch);
            row.addProperty("loss", loss.applyAsDouble(epoch));
            rows.add(row);
        }
        training.add("epoch_rows", rows);
        JsonArray trainings = new JsonArray();
        trainings.add(training);
        json.add("trainings", trainings);
        return this;
    }

    String text() {
        return json.toString();
    }
}
