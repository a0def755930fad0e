/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class DoctorJsonTest {
    @Test
    void reportsTheEnvironmentAndNullForWhatIsUnknown() {
        JsonObject document = document(Diagnoses.server());

        assertThat(document.get("schema").getAsInt()).isEqualTo(1);
        assertThat(document.get("verdict").getAsString()).isEqualTo("measured");
        assertThat(document.get("date").getAsString()).isEqualTo("2026-11-22T10:11:23Z");
        assertThat(document.get("model_error").isJsonNull()).isTrue();
        JsonObject surroundings = document.getAsJsonObject("surroundings");
        assertThat(surroundings.get("user").getAsString()).isEqualTo("ada (uid 1000)");
        assertThat(surroundings.get("container").isJsonNull()).isTrue();
        assertThat(surroundings.get("processors").getAsInt()).isEqualTo(64);
        assertThat(document.get("remarks")).hasToString("[\"The energy of its memory is missing from every total.\"]");
    }

    @Test
    void reportsWhatASourceFoundAndItsFix() {
        JsonElement locked = source(Diagnoses.server(), "powercap")
                .getAsJsonArray("findings")
                .get(1);

        assertThat(locked).isEqualTo(JsonParser.parseString("""
                {
                  "state": "partly",
                  "place": "/sys/class/powercap",
                  "what": "The energy of package-1 is missing from every total: its counter cannot be read.",
                  "remedies": [
                    {
                      "when": "let the group 'power' read it",
                      "commands": [
                        "sudo chgrp power /sys/class/powercap/intel-rapl:1/energy_uj",
                        "sudo chmod 0440 /sys/class/powercap/intel-rapl:1/energy_uj"
                      ]
                    },
                    {
                      "when": "to make that last, put this line into /etc/udev/rules.d/70-powercap.rules",
                      "commands": ["RULE"]
                    }
                  ]
                }
                """));
    }

    @Test
    void reportsWattsAsANumberOrNull() {
        assertThat(domain("powercap").get("watts").getAsDouble()).isEqualTo(150.02);
        assertThat(domain("powercap").get("quality").getAsString()).isEqualTo("counter");
        assertThat(domain("nvml").get("watts").isJsonNull()).isTrue();
        assertThat(domain("nvml").get("answered").getAsBoolean()).isFalse();
    }

    @Test
    void reportsWhichSourcesWereNotSelected() {
        assertThat(source(Diagnoses.server(), "hwmon").get("asked").getAsBoolean())
                .isFalse();
        assertThat(source(Diagnoses.server(), "model").get("asked").getAsBoolean())
                .isTrue();
    }

    private static JsonObject domain(String source) {
        return source(Diagnoses.server(), source)
                .getAsJsonArray("domains")
                .get(0)
                .getAsJsonObject();
    }

    private static JsonObject source(DoctorReport report, String name) {
        for (JsonElement source : document(report).getAsJsonArray("sources")) {
            if (source.getAsJsonObject().get("source").getAsString().equals(name)) {
                return source.getAsJsonObject();
            }
        }
        throw new AssertionError("no source " + name);
    }

    private static JsonObject document(DoctorReport report) {
        return JsonParser.parseString(DoctorJson.of(report)).getAsJsonObject();
    }
}
