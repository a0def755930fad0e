/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.declare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wattle.core.ledger.detail.JournalFixture;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.ledger.detail.RunDetailFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclarationsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00.5Z");

    @Test
    void hasTheEnergyAsSpdxWritesIt() {
        RunDetail run = JournalFixture.run("base");

        JsonObject model = element(elements(SpdxJson.of(run, NOW)), "ai_AIPackage");

        JsonObject training = model.getAsJsonObject("ai_energyConsumption")
                .getAsJsonArray("ai_trainingEnergyConsumption")
                .get(0)
                .getAsJsonObject();
        assertThat(training.get("type").getAsString()).isEqualTo("ai_EnergyConsumptionDescription");
        assertThat(training.get("ai_energyUnit").getAsString()).isEqualTo("kilowattHour");
        assertThat(training.get("ai_energyQuantity").getAsString()).matches("[0-9]+(\\.[0-9]*)?");
        assertThat(new BigDecimal(training.get("ai_energyQuantity").getAsString())
                        .multiply(new BigDecimal("3600000000000"))
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact())
                .isEqualTo(run.totalMicrojoules());
    }

    /** What classes of the specification require: a wrong shape is refused by its tools. */
    @Test
    void hasWhatTheClassesOfTheSpecificationRequire() {
        JsonObject json = SpdxJson.of(JournalFixture.run("base"), NOW);
        Map<String, JsonObject> elements = elements(json);

        assertThat(json.get("@context").getAsString()).isEqualTo("https://spdx.org/rdf/3.0.1/spdx-context.jsonld");
        assertThat(element(elements, "CreationInfo").keySet()).contains("@id", "created", "createdBy", "specVersion");
        assertThat(element(elements, "CreationInfo").get("created").getAsString())
                .isEqualTo("2026-11-28T12:00:00Z");
        assertThat(element(elements, "ai_AIPackage").keySet())
                .contains(
                        "spdxId",
                        "creationInfo",
                        "name",
                        "releaseTime",
                        "suppliedBy",
                        "software_downloadLocation",
                        "software_packageVersion",
                        "software_primaryPurpose");
        String model = element(elements, "ai_AIPackage").get("spdxId").getAsString();
        assertThat(element(elements, "SpdxDocument")
                        .getAsJsonArray("rootElement")
                        .get(0)
                        .getAsString())
                .isEqualTo(model);
    }

    @Test
    void saysThatMeasuredEnergyIsKnown() {
        assertThat(AiActStatement.of(JournalFixture.run("base")))
                .hasValueSatisfying(statement -> assertThat(statement)
                        .contains("Annex XI, section 1, point 2(e)")
                        .contains(" kWh, known: measured by hardware (counter)")
                        .contains("the processors, the accelerators of the machine")
                        .doesNotContain("estimated"));
    }

    @Test
    void saysThatTheFigureOfAKilledRunIsThatOfACheckpoint() {
        assertThat(AiActStatement.of(JournalFixture.run("killed")))
                .hasValueSatisfying(statement -> assertThat(statement).contains("last checkpoint"));
    }

    @Test
    void saysThatTheEnergyOfInferenceIsLeftOut(@TempDir Path directory) throws IOException {
        String journal = Files.readString(JournalFixture.file("base"));
        Path file = Files.writeString(
                directory.resolve("inference.jsonl"),
                journal.replace("\"phase\": \"validation\"", "\"phase\": \"inference\""));

        RunDetail run = RunDetailFile.read(file).run().orElseThrow();

        assertThat(TrainingEnergy.of(run).inferenceMicrojoules()).isPositive();
        assertThat(AiActStatement.of(run).orElseThrow())
                .contains("without the use of the model during the run (inference), the facility's overhead");
        assertThat(AiActStatement.of(JournalFixture.run("base")).orElseThrow()).contains("without the facility's");
    }

    private static JsonObject element(Map<String, JsonObject> elements, String type) {
        return Objects.requireNonNull(elements.get(type), type);
    }

    private static Map<String, JsonObject> elements(JsonObject json) {
        Map<String, JsonObject> byType = new HashMap<>();
        for (JsonElement element : json.getAsJsonArray("@graph")) {
            byType.put(element.getAsJsonObject().get("type").getAsString(), element.getAsJsonObject());
        }
        return byType;
    }
}
