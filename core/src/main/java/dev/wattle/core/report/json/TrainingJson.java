/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.forecast.BudgetState;
import dev.wattle.core.forecast.Estimate;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.forecast.Projection;
import dev.wattle.core.forecast.ProjectionCheck;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.report.text.EvenSample;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Trainings in the journal and in the live data.
 *
 * <p>Energies are whole microjoules, by device where they are of one epoch. A figure that is not known, or no finite
 * number, is left out.
 */
final class TrainingJson {

    private static final double NANOS_PER_SECOND = 1e9;

    private TrainingJson() {}

    /** One epoch, or several that were put together. */
    static JsonObject epoch(EpochRecord epoch, CarbonSettings carbon) {
        JsonObject json = new JsonObject();
        json.addProperty("training", epoch.training());
        json.addProperty("framework", epoch.framework().tag());
        json.addProperty("first", epoch.first());
        json.addProperty("last", epoch.last());
        json.addProperty("began", RunJson.MICROS.format(epoch.began()));
        json.addProperty("seconds", epoch.nanos() / NANOS_PER_SECOND);
        json.add("microjoules", byDevice(epoch.microjoules()));
        json.addProperty(
                "quality", TrainingsSnapshot.quality(epoch.microjoules().keySet()));
        if (epoch.insideMicrojoules() > 0) {
            json.addProperty("inside_microjoules", epoch.insideMicrojoules());
        }
        json.addProperty("validation_microjoules", epoch.validationMicrojoules());
        json.addProperty("since_last_microjoules", epoch.sinceLastMicrojoules());
        json.addProperty("kwh", EnergyUnits.kwh(epoch.totalMicrojoules()));
        json.addProperty("co2e_grams", carbon.gramsCo2e(epoch.totalMicrojoules()));
        json.addProperty("iterations", epoch.iterations());
        json.addProperty("samples", epoch.samples());
        finite(json, "loss", epoch.loss());
        JsonObject metrics = new JsonObject();
        epoch.metrics().forEach((name, value) -> finite(metrics, name, value));
        json.add("metrics", metrics);
        json.addProperty("below_resolution", epoch.belowResolution());
        json.addProperty("shared", epoch.shared());
        if (epoch.incomplete()) {
            json.addProperty("incomplete", true);
        }
        return json;
    }

    /** What a training will have cost. */
    static JsonObject projection(Projection projection, CarbonSettings carbon) {
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

    /** A projection that was made when so many percent were done, and the truth where it is known. */
    static JsonObject check(ProjectionCheck check, CarbonSettings carbon) {
        JsonObject json = projection(check.projection(), carbon);
        json.addProperty("percent", check.percent());
        if (check.isDecided()) {
            json.addProperty("true_microjoules", check.actualMicrojoules().getAsLong());
            check.actualNanos().ifPresent(nanos -> json.addProperty("true_seconds", nanos / NANOS_PER_SECOND));
            finite(json, "energy_error", check.energyError());
            finite(json, "time_error", check.timeError());
            if (check.projection().microjoules().hasRange()) {
                json.addProperty("within_range", check.isWithinRange());
            }
        }
        return json;
    }

    /** A training without its epochs. */
    static JsonObject training(TrainingRecord training, Forecast forecast, CarbonSettings carbon) {
        JsonObject json = new JsonObject();
        json.addProperty("training", training.training());
        json.addProperty("framework", training.framework().tag());
        if (!training.name().isEmpty()) {
            json.addProperty("name", training.name());
        }
        json.addProperty("began", RunJson.MICROS.format(training.began()));
        if (forecast.plannedEpochs() > 0) {
            json.addProperty("planned_epochs", forecast.plannedEpochs());
        }
        json.addProperty("epochs", training.epochsDone());
        json.addProperty("iterations", training.iterations());
        json.addProperty("samples", training.samples());
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
        forecast.checks().forEach(check -> checks.add(check(check, carbon)));
        json.add("projections", checks);
        return json;
    }

    /** @param most how many points at the most; evenly picked where there are more, the first and the last among them */
    static JsonObject curve(LearningCurve curve, int most) {
        JsonObject json = new JsonObject();
        json.addProperty("merit", curve.metric().name());
        json.addProperty("higher_is_better", curve.metric().higherIsBetter());
        json.addProperty("in_points", curve.metric().inPoints());
        JsonArray points = new JsonArray();
        for (LearningCurve.Point point : EvenSample.of(curve.points(), most)) {
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
            finite(quarter, "energy_share", end.energyShare());
            finite(quarter, "gain", end.gain());
            finite(quarter, "gain_share", end.gainShare());
            quarter.addProperty("best_epoch", end.bestEpoch());
            json.add("last_quarter", quarter);
        });
        json.addProperty("times", LearningCurve.TIMES);
        curve.cornerEpoch().ifPresent(epoch -> json.addProperty("corner_epoch", epoch));
        return json;
    }

    static JsonArray phases(List<PhaseEnergy> phases) {
        JsonArray array = new JsonArray();
        for (PhaseEnergy phase : phases) {
            JsonObject json = new JsonObject();
            json.addProperty("framework", phase.framework());
            json.addProperty("phase", phase.phase().tag());
            json.add("microjoules", byDevice(phase.microjoules()));
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
            json.addProperty("seconds", window.nanos() / NANOS_PER_SECOND);
            json.add("microjoules", byDevice(window.microjoules()));
            json.addProperty(
                    "quality", TrainingsSnapshot.quality(window.microjoules().keySet()));
            json.addProperty("below_resolution", window.belowResolution());
            if (window.unmeteredNanos() > 0) {
                json.addProperty("unmetered_seconds", window.unmeteredNanos() / NANOS_PER_SECOND);
            }
            if (window.incomplete() > 0) {
                json.addProperty("incomplete", window.incomplete());
            }
            array.add(json);
        }
        return array;
    }

    static JsonObject budget(BudgetState state) {
        JsonObject json = new JsonObject();
        json.addProperty("budget", state.budget().text());
        json.addProperty("kind", state.budget().kind().tag());
        json.addProperty("action", state.stops() ? "stop" : "warn");
        json.addProperty("used_ratio", state.usedRatio());
        if (state.nanosLeft() != BudgetState.UNKNOWN) {
            json.addProperty("seconds_left", state.nanosLeft() / NANOS_PER_SECOND);
        }
        return json;
    }

    private static JsonObject byDevice(Map<EnergyDomain, Long> microjoules) {
        Map<String, Long> sums = new LinkedHashMap<>();
        microjoules.forEach((domain, sum) -> sums.merge(domain.device(), sum, Long::sum));
        JsonObject json = new JsonObject();
        sums.forEach(json::addProperty);
        return json;
    }

    private static JsonObject estimate(Estimate estimate, DoubleUnaryOperator unit) {
        JsonObject json = new JsonObject();
        json.add("expected", number(unit.applyAsDouble(estimate.expected())));
        if (estimate.hasRange()) {
            json.add("low", number(unit.applyAsDouble(estimate.low())));
            json.add("high", number(unit.applyAsDouble(estimate.high())));
        }
        return json;
    }

    /** A whole number stays one, without an exponent. */
    private static JsonElement number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE;
        return whole ? new JsonPrimitive((long) value) : new JsonPrimitive(value);
    }

    private static void finite(JsonObject json, String name, double value) {
        if (Double.isFinite(value)) {
            json.addProperty(name, value);
        }
    }
}
