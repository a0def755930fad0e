/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.compare;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.ledger.compare.ComparedRun;
import dev.wattle.core.ledger.compare.Comparison;
import dev.wattle.core.ledger.compare.Metric;
import dev.wattle.core.ledger.compare.Reached;
import dev.wattle.core.report.json.IntensityJson;

/** A comparison as JSON, with the names of the journal. Unknown figures are left out. */
public final class ComparisonJson {

    private static final int SCHEMA = 1;

    private ComparisonJson() {}

    /** The object. */
    public static JsonObject of(Comparison comparison) {
        JsonObject json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        comparison.metric().ifPresent(metric -> {
            JsonObject object = new JsonObject();
            object.addProperty("name", metric.name());
            object.addProperty("higher_is_better", metric.higherIsBetter());
            object.addProperty("in_points", metric.inPoints());
            json.add("metric", object);
        });
        comparison.goal().ifPresent(goal -> {
            JsonObject object = new JsonObject();
            object.addProperty("metric", goal.metric());
            object.addProperty("value", goal.value());
            object.addProperty("higher_is_better", goal.higherIsBetter());
            object.addProperty("rule", "first epoch that reached it");
            json.add("reach", object);
        });
        JsonArray runs = new JsonArray();
        comparison.runs().forEach(run -> runs.add(run(run, comparison)));
        json.add("runs", runs);
        ComparisonSentences.verdict(comparison).ifPresent(verdict -> json.addProperty("verdict", verdict));
        JsonArray notes = new JsonArray();
        ComparisonSentences.notes(comparison).forEach(notes::add);
        json.add("notes", notes);
        return json;
    }

    private static JsonObject run(ComparedRun run, Comparison comparison) {
        JsonObject json = new JsonObject();
        json.addProperty("letter", run.letter());
        json.addProperty("run", run.run().run());
        run.run().project().ifPresent(project -> json.addProperty("project", project));
        json.addProperty("host", run.run().host());
        run.run().started().ifPresent(started -> json.addProperty("started", started.toString()));
        json.addProperty("killed", run.run().killed());
        if (Double.isFinite(run.run().seconds())) {
            json.addProperty("seconds", run.run().seconds());
        }
        if (!run.run().microjoules().isEmpty()) {
            json.addProperty("microjoules", run.microjoules());
            json.addProperty("kwh", EnergyUnits.kwh(run.microjoules()));
        }
        JsonObject qualities = new JsonObject();
        run.run().microjoulesByQuality().forEach(qualities::addProperty);
        json.add("microjoules_by_quality", qualities);
        run.gramsCo2e().ifPresent(grams -> json.addProperty("co2e_grams", grams));
        run.carbon().ifPresent(carbon -> json.add("carbon", IntensityJson.of(carbon)));
        run.run().mainTraining().ifPresent(training -> {
            json.addProperty("training", training.number());
            json.addProperty("epochs", training.epochsDone());
            json.addProperty("samples", training.samples());
        });
        run.joulesPerSample().ifPresent(joules -> json.addProperty("joules_per_sample", joules));
        comparison.metric().ifPresent(metric -> metric(json, run, metric));
        comparison.goal().filter(goal -> run.hasMetric(goal.metric())).ifPresent(goal -> json.add("reach", reach(run)));
        return json;
    }

    private static void metric(JsonObject json, ComparedRun run, Metric metric) {
        run.finalValue().ifPresent(value -> json.addProperty("final", value));
        run.best(metric).ifPresent(best -> {
            JsonObject object = new JsonObject();
            object.addProperty("epoch", best.epoch());
            object.addProperty("value", best.value());
            json.add("best", object);
        });
        json.addProperty("pareto", run.pareto());
    }

    private static JsonObject reach(ComparedRun run) {
        JsonObject json = new JsonObject();
        json.addProperty("reached", run.reached().isPresent());
        run.reached().ifPresent(reached -> energy(json, reached, run));
        return json;
    }

    private static void energy(JsonObject json, Reached reached, ComparedRun run) {
        json.addProperty("epoch", reached.epoch());
        json.addProperty("microjoules", reached.microjoules());
        json.addProperty("kwh", EnergyUnits.kwh(reached.microjoules()));
        run.carbon().ifPresent(carbon -> json.addProperty("co2e_grams", carbon.gramsCo2e(reached.microjoules())));
    }
}
