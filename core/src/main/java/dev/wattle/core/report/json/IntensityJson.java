/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.IntensityHistory;
import java.time.Instant;

/** Carbon intensities in the journal and in the live data. */
public final class IntensityJson {

    private IntensityJson() {}

    /** A figure and its source. */
    public static JsonObject of(CarbonIntensity intensity) {
        JsonObject json = new JsonObject();
        json.addProperty("grams_per_kwh", intensity.gramsPerKwh());
        json.addProperty("zone", intensity.zone());
        if (intensity.year() != 0) {
            json.addProperty("year", intensity.year());
        }
        json.addProperty("kind", intensity.kind().tag());
        json.addProperty("basis", intensity.basis().tag());
        json.addProperty("source", intensity.source());
        return json;
    }

    /** The latest figure, the PUE, and the number of figures where there were several. */
    public static JsonObject of(CarbonSettings carbon) {
        JsonObject json = of(carbon.intensity());
        json.addProperty("pue", carbon.pue());
        if (!carbon.history().isConstant()) {
            json.addProperty("intensities", carbon.history().steps().size());
        }
        return json;
    }

    /** A line for what the service states for a day. */
    static JsonObject dayLine(IntensityHistory history, Instant at) {
        CarbonIntensity live = history.latest();
        for (IntensityHistory.Step step : history.steps()) {
            // The table's figure may apply now.
            live = step.live() ? step.intensity() : live;
        }
        JsonObject line = new JsonObject();
        line.addProperty("type", "intensity_day");
        line.addProperty("at", at.toString());
        line.addProperty("zone", live.zone());
        line.addProperty("kind", live.kind().tag());
        line.addProperty("basis", live.basis().tag());
        line.addProperty("source", live.source());
        JsonArray hours = new JsonArray();
        for (IntensityHistory.Hour hour : history.day()) {
            JsonObject json = new JsonObject();
            json.addProperty("from", hour.from().toString());
            json.addProperty("grams_per_kwh", hour.gramsPerKwh());
            hours.add(json);
        }
        line.add("hours", hours);
        return line;
    }

    /**
     * A line for an intensity that started to apply during the run.
     *
     * @param number its number among those of the run; the first is 0
     */
    static JsonObject line(int number, IntensityHistory.Step step) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "intensity");
        line.addProperty("at", RunJson.MICROS.format(step.from()));
        line.addProperty("number", number);
        of(step.intensity()).asMap().forEach(line::add);
        line.addProperty("live", step.live());
        if (step.live()) {
            line.addProperty("provider", step.intensity().zoneName());
            line.addProperty("estimated", step.estimated());
        }
        line.addProperty("run_microjoules", step.runMicrojoules());
        return line;
    }
}
