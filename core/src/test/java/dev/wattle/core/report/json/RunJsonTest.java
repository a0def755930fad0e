/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EmbodiedSettings;
import dev.wattle.core.carbon.IntensityHistory;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.snapshot.Reports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunJsonTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:10:00.123Z");

    @Test
    void opensWithWhichRunItIs() {
        JsonObject run = parsed(RunJson.run(
                Reports.IDENTITY,
                Reports.OWN_FIGURE,
                List.of(Reports.domain(Component.CPU, "package-0", Quality.COUNTER))));

        assertThat(text(run, "type")).isEqualTo("run");
        assertThat(run.get("schema").getAsInt()).isEqualTo(1);
        assertThat(text(run, "run")).isEqualTo("resnet-7");
        assertThat(text(run, "project")).isEqualTo("vision");
        assertThat(text(run.getAsJsonObject("labels"), "team")).isEqualTo("north");
        assertThat(Instant.parse(text(run, "started"))).isEqualTo(Reports.IDENTITY.started());
        assertThat(run.get("pid").getAsLong()).isEqualTo(4711);
        assertThat(run.getAsJsonObject("carbon").get("grams_per_kwh").getAsDouble())
                .isEqualTo(52.5);
        JsonObject device = run.getAsJsonArray("devices").get(0).getAsJsonObject();
        assertThat(text(device, "device")).isEqualTo("package-0");
        assertThat(text(device, "component")).isEqualTo("cpu");
        assertThat(text(device, "quality")).isEqualTo("counter");
        assertThat(text(device, "scope")).isEqualTo("machine");
    }

    @Test
    void leavesOutNamesThatNobodyGave() {
        RunIdentity nameless = new RunIdentity("r", Optional.empty(), Map.of(), "h", 1, "17", "0.1.0", Instant.EPOCH);

        assertThat(RunJson.run(nameless, CarbonSettings.worldDefault(), List.of())
                        .keySet())
                .doesNotContain("project", "labels");
    }

    @Test
    void hasTheSciScoreWhereTheHardwaresEmissionsAreKnown() {
        CarbonSettings carbon = new CarbonSettings(
                CarbonIntensity.custom(400),
                1.25,
                false,
                IntensityHistory.of(CarbonIntensity.custom(400)),
                Optional.empty(),
                new EmbodiedSettings(OptionalDouble.of(2_500), false, 4, 0.5));

        JsonObject summary =
                parsed(RunJson.summary(Reports.of(Reports.ofServer().devices(), carbon), AT));

        JsonObject sci = summary.getAsJsonObject("sci");
        assertThat(text(sci, "standard")).isEqualTo("ISO/IEC 21031:2024");
        assertThat(sci.get("operational_grams")).isEqualTo(summary.get("co2e_grams"));
        assertThat(sci.get("grams_per_run").getAsDouble())
                .isEqualTo(sci.get("operational_grams").getAsDouble()
                        + sci.get("embodied_grams").getAsDouble());
        assertThat(sci.getAsJsonObject("embodied").get("kg").getAsDouble()).isEqualTo(2_500);
        assertThat(sci.has("grams_per_epoch")).isFalse();
    }

    @Test
    void leavesOutTheSciScoreWhereTheyAreUnknown() {
        assertThat(parsed(RunJson.summary(Reports.ofServer(), AT)).has("sci")).isFalse();
    }

    @Test
    void keepsANameWithEveryCharacterInOneLine() {
        String odd = "a \"run\"\n\u2028of <ö> \\ names";
        RunIdentity identity =
                new RunIdentity(odd, Optional.of(odd), Map.of(odd, odd), odd, 1, odd, odd, Instant.EPOCH);

        String line =
                RunJson.run(identity, CarbonSettings.worldDefault(), List.of()).toString();

        assertThat(line.lines()).hasSize(1);
        JsonObject back = JsonParser.parseString(line).getAsJsonObject();
        assertThat(text(back, "run")).isEqualTo(odd);
        assertThat(text(back.getAsJsonObject("labels"), odd)).isEqualTo(odd);
    }

    @Test
    void writesWholeMicrojoulesThatAddUp() {
        JsonObject checkpoint = parsed(RunJson.checkpoint(Reports.ofServer(), AT));

        assertThat(text(checkpoint, "type")).isEqualTo("checkpoint");
        assertThat(Instant.parse(text(checkpoint, "at"))).isEqualTo(AT);
        assertThat(checkpoint.get("elapsed_seconds").getAsDouble()).isEqualTo(600);
        assertThat(sum(checkpoint.getAsJsonObject("microjoules"))).isEqualTo(330_500_000_000L);
        assertThat(sum(checkpoint.getAsJsonObject("microjoules_by_quality"))).isEqualTo(330_500_000_000L);
        assertThat(checkpoint.getAsJsonObject("microjoules").get("gpu-1").getAsString())
                .isEqualTo("90000000000");
        assertThat(checkpoint
                        .getAsJsonObject("process_microjoules")
                        .getAsJsonObject("cpu")
                        .get("counter")
                        .getAsLong())
                .isEqualTo(45_000_000_000L);
        assertThat(checkpoint.getAsJsonObject("iterations").get("dl4j").getAsLong())
                .isEqualTo(12_345);
        assertThat(checkpoint.get("co2e_grams").getAsDouble())
                .isEqualTo(Reports.OWN_FIGURE.gramsCo2e(330_500_000_000L));
    }

    @Test
    void closesWithAllThatIsKnownOfEachDevice() {
        JsonObject summary = parsed(RunJson.summary(Reports.ofServer(), AT));

        assertThat(text(summary, "type")).isEqualTo("summary");
        assertThat(summary.getAsJsonArray("devices")).hasSize(3);
        JsonObject interrupted = summary.getAsJsonArray("devices").get(2).getAsJsonObject();
        assertThat(interrupted.get("microjoules").getAsLong()).isEqualTo(90_000_000_000L);
        assertThat(interrupted.get("gaps").getAsLong()).isEqualTo(2);
        assertThat(interrupted.get("gap_seconds").getAsDouble()).isEqualTo(60);
        assertThat(interrupted.get("interpolated_microjoules").getAsLong()).isEqualTo(9_000_000_000L);
        assertThat(interrupted.get("read_errors").getAsLong()).isEqualTo(3);
        assertThat(interrupted.get("rejected_readings").getAsLong()).isEqualTo(1);
        assertThat(summary.getAsJsonObject("meter").get("ticks").getAsLong()).isEqualTo(6_000);
    }

    @Test
    void leavesOutAPowerThatIsNotKnown() {
        JsonObject summary = parsed(RunJson.summary(Reports.ofServer(), AT));

        assertThat(summary.getAsJsonArray("devices").get(2).getAsJsonObject().keySet())
                .contains("average_microwatts")
                .doesNotContain("peak_microwatts");
    }

    @Test
    void writesNothingWhereNothingWasRead() {
        JsonObject summary = parsed(RunJson.summary(Reports.of(List.of(), Reports.OWN_FIGURE), AT));

        assertThat(summary.getAsJsonObject("microjoules").size()).isZero();
        assertThat(summary.getAsJsonArray("devices")).isEmpty();
    }

    private static JsonObject parsed(JsonObject line) {
        return JsonParser.parseString(line.toString()).getAsJsonObject();
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private static long sum(JsonObject numbers) {
        return numbers.keySet().stream()
                .mapToLong(name -> numbers.get(name).getAsLong())
                .sum();
    }
}
