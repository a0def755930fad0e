/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.forecast.BudgetState;
import dev.wattle.core.sampling.UnansweredSource;
import dev.wattle.core.snapshot.RunSci;
import dev.wattle.core.snapshot.RunSnapshot;
import java.time.Instant;

/** The figures of a run that a checkpoint, a summary and the live data have in common. */
final class RunFigures {

    private RunFigures() {}

    /** Adds time, energy, CO2e, phases and budget of the snapshot, which is of the moment {@code at}. */
    static void addTo(JsonObject line, RunSnapshot run, Instant at) {
        line.addProperty("at", at.toString());
        line.addProperty("elapsed_seconds", EnergyUnits.seconds(run.wallNanos()));
        if (!run.unanswered().isEmpty()) {
            JsonArray unanswered = new JsonArray();
            run.unanswered().forEach(source -> unanswered.add(unanswered(source)));
            line.add("unanswered", unanswered);
        }
        line.add("microjoules", DeviceJson.microjoules(run.devices()));
        if (!run.others().isEmpty()) {
            line.add("others_microjoules", DeviceJson.microjoules(run.others()));
        }
        JsonObject byQuality = new JsonObject();
        run.microjoulesByQuality().forEach((quality, sum) -> byQuality.addProperty(quality.tag(), sum));
        line.add("microjoules_by_quality", byQuality);
        if (!run.processMicrojoules().isEmpty()) {
            JsonObject process = new JsonObject();
            run.processMicrojoules().forEach((component, sums) -> {
                JsonObject qualities = new JsonObject();
                sums.forEach((quality, sum) -> qualities.addProperty(quality.tag(), sum));
                process.add(component.tag(), qualities);
            });
            line.add("process_microjoules", process);
        }
        if (!run.iterations().isEmpty()) {
            JsonObject iterations = new JsonObject();
            run.iterations().forEach((framework, count) -> iterations.addProperty(framework.tag(), count));
            line.add("iterations", iterations);
        }
        line.addProperty("co2e_grams", run.gramsCo2e());
        RunSci.of(run).ifPresent(sci -> line.add("sci", SciJson.of(sci)));
        line.add("phases", EpochJson.phases(run.trainings().snapshot().phases()));
        run.trainings().budget().ifPresent(state -> line.add("budget", budget(state)));
        if (!run.trainings().unmetered().isEmpty()) {
            JsonArray unmetered = new JsonArray();
            run.trainings().unmetered().forEach(unmetered::add);
            line.add(RunJson.UNMETERED, unmetered);
        }
    }

    private static JsonObject unanswered(UnansweredSource source) {
        JsonObject json = new JsonObject();
        json.addProperty("source", source.source());
        json.addProperty("seconds", EnergyUnits.seconds(source.nanos()));
        JsonArray devices = new JsonArray();
        source.devices().forEach(devices::add);
        json.add("devices", devices);
        json.addProperty("remedy", source.remedy());
        return json;
    }

    private static JsonObject budget(BudgetState state) {
        JsonObject json = new JsonObject();
        json.addProperty("budget", state.budget().text());
        json.addProperty("kind", state.budget().kind().tag());
        json.addProperty("action", state.stops() ? "stop" : "warn");
        json.addProperty("used_ratio", state.usedRatio());
        if (state.nanosLeft() != BudgetState.UNKNOWN) {
            json.addProperty("seconds_left", EnergyUnits.seconds(state.nanosLeft()));
        }
        return json;
    }
}
