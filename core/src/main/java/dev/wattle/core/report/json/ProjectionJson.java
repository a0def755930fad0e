/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.forecast.Estimate;
import dev.wattle.core.forecast.Projection;
import dev.wattle.core.forecast.ProjectionCheck;
import java.util.function.DoubleUnaryOperator;

/** Projections in the journal and in the live data. */
final class ProjectionJson {

    private static final double NANOS_PER_SECOND = 1e9;

    private ProjectionJson() {}

    /** What a training is projected to use. */
    static JsonObject of(Projection projection, CarbonSettings carbon) {
        JsonObject json = new JsonObject();
        json.addProperty("training", projection.training());
        json.addProperty("epochs_done", projection.epochsDone());
        json.addProperty("planned_epochs", projection.plannedEpochs());
        json.addProperty("observed_epochs", projection.observed());
        json.addProperty("from_warm_up", projection.fromWarmUp());
        json.add("microjoules", estimate(projection.microjoules(), Math::rint));
        json.add("kwh", estimate(projection.microjoules(), value -> value / EnergyUnits.MICROJOULES_PER_KWH));
        json.add("co2e_grams", estimate(projection.microjoules(), value -> carbon.gramsCo2e((long) value)));
        json.add("seconds", estimate(projection.nanos(), value -> value / NANOS_PER_SECOND));
        json.addProperty("end", projection.end().toString());
        return json;
    }

    /** A projection kept from earlier, with the actual values where they are known. */
    static JsonObject of(ProjectionCheck check, CarbonSettings carbon) {
        JsonObject json = of(check.projection(), carbon);
        json.addProperty("percent", check.percent());
        if (check.isDecided()) {
            json.addProperty("true_microjoules", check.actualMicrojoules().getAsLong());
            check.actualNanos().ifPresent(nanos -> json.addProperty("true_seconds", nanos / NANOS_PER_SECOND));
            JsonNumbers.addFinite(json, "energy_error", check.energyError());
            JsonNumbers.addFinite(json, "time_error", check.timeError());
            if (check.projection().microjoules().hasRange()) {
                json.addProperty("within_range", check.isWithinRange());
            }
        }
        return json;
    }

    private static JsonObject estimate(Estimate estimate, DoubleUnaryOperator unit) {
        JsonObject json = new JsonObject();
        json.add("expected", JsonNumbers.of(unit.applyAsDouble(estimate.expected())));
        if (estimate.hasRange()) {
            json.add("low", JsonNumbers.of(unit.applyAsDouble(estimate.low())));
            json.add("high", JsonNumbers.of(unit.applyAsDouble(estimate.high())));
        }
        return json;
    }
}
