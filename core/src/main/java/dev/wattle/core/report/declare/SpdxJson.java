/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.declare;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wattle.core.ledger.detail.RunDetail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A run's energy as JSON-LD of SPDX 3.0.1: an {@code ai_AIPackage} with its {@code ai_energyConsumption}, for a bill of materials of
 * the model. Energy is in kWh; what this project cannot know (the supplier, where the model can be obtained) is marked as such.
 *
 * <p>The names are those of the specification: <a href="https://spdx.github.io/spdx-spec/v3.0.1/model/AI/Classes/EnergyConsumption/">
 * EnergyConsumption</a>.
 */
public final class SpdxJson {

    private static final String CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
    private static final String VERSION = "3.0.1";
    private static final String CREATION = "_:creation";

    /** For a field that the profile requires and that only the model's publisher knows. */
    private static final String UNKNOWN_PLACE = "urn:unknown:state-where-the-model-can-be-obtained";

    private SpdxJson() {}

    /**
     * The document.
     *
     * @param now the time of its creation
     */
    public static JsonObject of(RunDetail run, Instant now) {
        String seed = run.host()
                + '\n'
                + run.run()
                + '\n'
                + run.started().map(Instant::toString).orElse("");
        String id = "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
        String document = id + "#document";
        String agent = id + "#creator";
        String supplier = id + "#supplier";
        String model = id + "#model";
        JsonArray graph = new JsonArray();
        graph.add(creation(run, now, agent));
        graph.add(element("SoftwareAgent", agent, "Wattle " + run.wattle()));
        graph.add(element("Agent", supplier, "unknown: state who supplies the model"));
        JsonObject root = element("SpdxDocument", document, "Energy of the run " + run.run());
        root.add("profileConformance", array("core", "software", "ai"));
        root.add("rootElement", array(model));
        root.add("element", array(agent, supplier, model));
        graph.add(root);
        graph.add(model(run, model, supplier));
        JsonObject json = new JsonObject();
        json.addProperty("@context", CONTEXT);
        json.add("@graph", graph);
        return json;
    }

    private static JsonObject creation(RunDetail run, Instant now, String agent) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "CreationInfo");
        json.addProperty("@id", CREATION);
        json.addProperty("specVersion", VERSION);
        json.addProperty("created", seconds(now));
        json.add("createdBy", array(agent));
        json.addProperty("comment", "From the journal of the run " + run.run() + " on " + run.host() + ".");
        return json;
    }

    private static JsonObject element(String type, String id, String name) {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        json.addProperty("spdxId", id);
        json.addProperty("creationInfo", CREATION);
        json.addProperty("name", name);
        return json;
    }

    private static JsonObject model(RunDetail run, String id, String supplier) {
        TrainingEnergy energy = TrainingEnergy.of(run);
        JsonObject json = element("ai_AIPackage", id, run.project().orElse(run.run()));
        json.addProperty("software_packageVersion", run.run());
        json.addProperty("software_downloadLocation", UNKNOWN_PLACE);
        json.addProperty("software_primaryPurpose", "model");
        json.addProperty("suppliedBy", supplier);
        json.addProperty("releaseTime", seconds(end(run)));
        JsonObject consumption = new JsonObject();
        consumption.addProperty("type", "ai_EnergyConsumption");
        if (!run.microjoules().isEmpty()) {
            consumption.add("ai_trainingEnergyConsumption", quantity(energy.trainingMicrojoules()));
            if (energy.inferenceMicrojoules() > 0) {
                consumption.add("ai_inferenceEnergyConsumption", quantity(energy.inferenceMicrojoules()));
            }
        }
        json.add("ai_energyConsumption", consumption);
        AiActStatement.of(run).ifPresent(statement -> json.addProperty("ai_informationAboutTraining", statement));
        return json;
    }

    private static JsonArray quantity(long microjoules) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "ai_EnergyConsumptionDescription");
        json.addProperty("ai_energyQuantity", TrainingEnergy.kwh(microjoules));
        json.addProperty("ai_energyUnit", "kilowattHour");
        JsonArray array = new JsonArray();
        array.add(json);
        return array;
    }

    private static Instant end(RunDetail run) {
        Instant start = run.started().orElse(Instant.EPOCH);
        return Double.isFinite(run.seconds()) ? start.plusSeconds((long) Math.min(1e10, run.seconds())) : start;
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static JsonArray array(String... values) {
        JsonArray array = new JsonArray();
        for (String value : values) {
            array.add(value);
        }
        return array;
    }
}
