/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.core.domain.PowerHistory;
import dev.wattle.core.json.JsonText;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.Trainings;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveJsonTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:10:00Z");

    @Test
    void writesTheRunItsTrainingsAndTheirProjections() {
        JsonObject live = live(Trainings.report(100, List.of(Trainings.epochs(1, 12))));

        assertThat(live.get("run").getAsString()).isEqualTo("resnet-7");
        assertThat(live.get("elapsed_seconds").getAsDouble()).isEqualTo(600);
        assertThat(live.getAsJsonObject("microjoules").keySet()).containsExactlyInAnyOrder("gpu-0", "cpu");
        assertThat(live.getAsJsonArray("phases")).hasSize(3);
        JsonObject training = live.getAsJsonArray("trainings").get(0).getAsJsonObject();
        assertThat(training.getAsJsonArray("epoch_rows")).hasSize(12);
        assertThat(training.getAsJsonObject("projection").get("planned_epochs").getAsInt())
                .isEqualTo(100);
        assertThat(training.getAsJsonObject("curve").get("text").getAsString()).startsWith("epochs 10 to 12 cost");
        assertThat(live.getAsJsonObject("budget").get("seconds_left").getAsDouble())
                .isEqualTo(34);
    }

    @Test
    void hasTheSentencesAndSignsOfTheSummary() {
        JsonObject running = live(Trainings.report(100, List.of(Trainings.epochs(1, 12))));
        JsonObject ended = live(Trainings.report(40, List.of(Trainings.epochs(1, 40))));

        JsonObject training = running.getAsJsonArray("trainings").get(0).getAsJsonObject();
        assertThat(training.get("text").getAsString()).startsWith("dl4j, 12 of 100 epochs, ");
        assertThat(training.getAsJsonObject("projection").get("text").getAsString())
                .contains(" CO2e for all 100 epochs, until 2026-");
        assertThat(running.getAsJsonObject("budget").get("text").getAsString())
                .isEqualTo("at the rate of the last minute the rest will be used in 34.0 s");
        assertThat(running.getAsJsonArray("epoch_marks").get(0).toString())
                .isEqualTo("{\"field\":\"below_resolution\",\"sign\":\"~\",\"meaning\":\"shorter than two steps of the"
                        + " slowest sensor: mostly interpolated\"}");
        assertThat(running.getAsJsonArray("windows")
                        .get(1)
                        .getAsJsonObject()
                        .get("marks")
                        .getAsString())
                .isEqualTo(" ~");
        assertThat(running.getAsJsonArray("window_notes"))
                .extracting(JsonElement::getAsString)
                .containsExactly("~ some were shorter than two steps of the slowest sensor");
        JsonObject check = ended.getAsJsonArray("trainings")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("projections")
                .get(0)
                .getAsJsonObject();
        assertThat(check.get("text").getAsString())
                .startsWith("after epoch 4 of 40: ")
                .endsWith("projection 2.4 % over, outside its range");
    }

    @Test
    void hasThePowerNowAndOverTimeOfTheRunsDevicesAndGapsAsNull() {
        PowerHistory power = new PowerHistory();
        power.record(1_500, 0, Map.of("gpu-0", 250_123_456L, "another", 7L));
        power.record(2_500, 1_000_000_000L, Map.of("cpu", 61_000_000L));
        RunSnapshot run = Trainings.run(Trainings.report(100, List.of(Trainings.epochs(1, 12))));

        JsonObject live = JsonParser.parseString(JsonText.of(LiveJson.of(run, AT, power, false)))
                .getAsJsonObject();

        JsonObject recent = live.getAsJsonObject("power_history").getAsJsonObject("recent");
        assertThat(recent.get("unix_seconds").toString()).isEqualTo("[1.5,2.5]");
        assertThat(recent.get("watts").toString()).isEqualTo("{\"gpu-0\":[250.123,null],\"cpu\":[null,61.0]}");
        assertThat(live.getAsJsonObject("power_history").get("run")).isEqualTo(recent);
        assertThat(live.getAsJsonArray("devices"))
                .extracting(JsonElement::getAsJsonObject)
                .allSatisfy(device -> assertThat(device.has("microwatts"))
                        .isEqualTo(device.get("device").getAsString().equals("cpu")));
        assertThat(live.get("ended").getAsBoolean()).isFalse();
    }

    @Test
    void saysAtTheEndThatItHasComeAndNamesNoPresentPower() {
        PowerHistory power = new PowerHistory();
        power.record(1_500, 0, Map.of("gpu-0", 250_123_456L));

        JsonObject live =
                LiveJson.of(Trainings.run(Trainings.report(100, List.of(Trainings.epochs(1, 12)))), AT, power, true);

        assertThat(live.get("ended").getAsBoolean()).isTrue();
        assertThat(live.getAsJsonArray("devices"))
                .noneMatch(device -> device.getAsJsonObject().has("microwatts"));
        assertThat(live.getAsJsonObject("power_history").has("run")).isTrue();
    }

    @Test
    void isBoundedInSizeHoweverLongTheRun() {
        JsonObject live = live(Trainings.report(
                5_000,
                IntStream.rangeClosed(1, 30)
                        .mapToObj(number -> Trainings.epochs(number, 1_000))
                        .toList()));

        assertThat(live.getAsJsonArray("trainings")).hasSize(8);
        assertThat(live.get("trainings_forgotten").getAsInt()).isEqualTo(22);
        JsonObject latest = live.getAsJsonArray("trainings").get(7).getAsJsonObject();
        assertThat(latest.get("training").getAsInt()).isEqualTo(30);
        assertThat(latest.getAsJsonArray("epoch_rows")).hasSize(50);
        assertThat(latest.getAsJsonArray("epoch_rows")
                        .get(49)
                        .getAsJsonObject()
                        .get("last")
                        .getAsInt())
                .isEqualTo(1_000);
        assertThat(latest.getAsJsonObject("curve").getAsJsonArray("points")).hasSize(200);
        assertThat(live.toString().length()).isLessThan(400_000);
    }

    private static JsonObject live(TrainingsSnapshot report) {
        return JsonParser.parseString(LiveJson.of(Trainings.run(report), AT).toString())
                .getAsJsonObject();
    }
}
