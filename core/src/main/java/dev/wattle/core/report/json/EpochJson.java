/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.util.List;

/** Epochs, phases and windows in the journal and in the live data, with whole microjoules by device. */
final class EpochJson {

    private EpochJson() {}

    /** An epoch, or several that were combined into one record. */
    static JsonObject of(EpochRecord epoch, CarbonSettings carbon) {
        JsonObject json = new JsonObject();
        json.addProperty("training", epoch.training());
        json.addProperty("framework", epoch.framework().tag());
        json.addProperty("first", epoch.first());
        json.addProperty("last", epoch.last());
        json.addProperty("began", RunJson.MICROS.format(epoch.started()));
        json.addProperty("seconds", EnergyUnits.seconds(epoch.nanos()));
        json.add("microjoules", DeviceJson.microjoules(epoch.microjoules()));
        json.addProperty(
                "quality", TrainingsSnapshot.quality(epoch.microjoules().keySet()));
        if (epoch.insideMicrojoules() > 0) {
            json.addProperty("inside_microjoules", epoch.insideMicrojoules());
        }
        json.addProperty("validation_microjoules", epoch.validationMicrojoules());
        json.addProperty("since_last_microjoules", epoch.sinceLastMicrojoules());
        json.addProperty("kwh", EnergyUnits.kwh(epoch.totalMicrojoules()));
        json.addProperty("co2e_grams", carbon.gramsCo2e(epoch));
        json.addProperty("iterations", epoch.iterations());
        json.addProperty("samples", epoch.samples());
        JsonNumbers.addFinite(json, "loss", epoch.loss());
        JsonObject metrics = new JsonObject();
        epoch.metrics().forEach((name, value) -> JsonNumbers.addFinite(metrics, name, value));
        json.add("metrics", metrics);
        json.addProperty("below_resolution", epoch.belowResolution());
        json.addProperty("shared", epoch.shared());
        if (epoch.incomplete()) {
            json.addProperty("incomplete", true);
        }
        return json;
    }

    static JsonArray phases(List<PhaseEnergy> phases) {
        JsonArray array = new JsonArray();
        for (PhaseEnergy phase : phases) {
            JsonObject json = new JsonObject();
            json.addProperty("framework", phase.framework());
            json.addProperty("phase", phase.phase().tag());
            json.add("microjoules", DeviceJson.microjoules(phase.microjoules()));
            array.add(json);
        }
        return array;
    }

    static JsonArray windows(List<WindowTotals> windows) {
        JsonArray array = new JsonArray();
        for (WindowTotals window : windows) {
            JsonObject json = new JsonObject();
            json.addProperty("name", window.name());
            json.addProperty("count", window.count());
            json.addProperty("seconds", EnergyUnits.seconds(window.nanos()));
            json.add("microjoules", DeviceJson.microjoules(window.microjoules()));
            json.addProperty(
                    "quality", TrainingsSnapshot.quality(window.microjoules().keySet()));
            json.addProperty("below_resolution", window.belowResolution());
            if (window.unmeteredNanos() > 0) {
                json.addProperty("unmetered_seconds", EnergyUnits.seconds(window.unmeteredNanos()));
            }
            if (window.incomplete() > 0) {
                json.addProperty("incomplete", window.incomplete());
            }
            array.add(json);
        }
        return array;
    }
}
