/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateCommandTest {

    /** Words separated by spaces; single quotes keep spaces. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @Test
    void hoursAndWattsAreEnough() throws Exception {
        JsonObject estimate = json("--gpu-hours 1082990 --power 400");

        assertThat(figure(estimate, "kwh", "expected")).isEqualTo(433196);
        assertThat(estimate.getAsJsonObject("kwh").keySet()).containsExactly("expected");
        assertThat(figure(estimate, "co2e_grams", "expected")).isCloseTo(433196 * 458.0, within(1.0));
        JsonObject carbon = estimate.getAsJsonObject("carbon");
        assertThat(carbon.get("zone").getAsString()).isEqualTo("WORLD");
        assertThat(carbon.get("world_average").getAsBoolean()).isTrue();
        assertThat(carbon.get("pue").getAsDouble()).isEqualTo(1);
        assertThat(text("--gpu-hours 1082990 --power 400"))
                .startsWith("estimate: 433.2 MWh        198.4 t CO2e, WORLD, 2025, lifecycle\n")
                .contains("world's average electricity: name your zone with --zone");
    }

    @Test
    void aGpuWithSeveralBoardsHasARange() throws Exception {
        JsonObject estimate = json("--gpu V100 --count 8 --hours 336 --region gcp:us-central1");

        assertThat(figure(estimate, "kwh", "expected")).isEqualTo(806.4);
        assertThat(figure(estimate, "kwh", "low")).isCloseTo(8 * 336 * 0.25 / 1.37, within(1e-6));
        assertThat(figure(estimate, "kwh", "high")).isEqualTo(806.4);
        assertThat(figure(estimate, "co2e_grams", "expected")).isCloseTo(806.4 * 412.72, within(1e-6));
        assertThat(assumptions(estimate))
                .anyMatch(line -> line.startsWith("board power: 300 W")
                        && line.contains("V100-PCIE-16GB")
                        && line.contains("250 W")
                        && line.contains("NVIDIA specification"))
                .anyMatch(line -> line.startsWith("utilization: 100 %") && line.contains("2025"))
                .anyMatch(line -> line.startsWith("PUE: 1") && line.contains("--pue 1.1"))
                .anyMatch(line -> line.startsWith("carbon intensity: 412.72 g CO2e per kWh")
                        && line.contains("2024")
                        && line.contains("kind direct")
                        && line.contains("basis unstated")
                        && line.contains("Google"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--gpu T4 --count 8 --hours 10",
                "--gpu=T4 --count=8 --hours=10",
                "--gpu T4 --gpus 8 --hours 10",
                "--gpu T4 --gpu-hours 80",
                "--gpu T4 --gpu-hours 80 --count 8",
                "--gpu T4 --gpu-hours 80 --count 8 --hours 10",
                "--gpu T4 --gpu-hours 8e1",
                "--power 70 --count 8 --hours 10",
                "--power 140 --utilization 50% --gpu-hours 80",
            })
    void theSameTrainingInOtherWordsHasTheSameEnergy(String options) throws Exception {
        assertThat(figure(json(options), "kwh", "expected")).isEqualTo(5.6);
    }

    @Test
    void utilizationScalesTheBoardPowerAndItsOtherMeaningIsTheHighEnd() throws Exception {
        JsonObject estimate = json("--gpu A100-SXM4-80GB --hours 10 --utilization 0.5");

        assertThat(figure(estimate, "kwh", "expected")).isEqualTo(2);
        assertThat(figure(estimate, "kwh", "low")).isEqualTo(2);
        assertThat(figure(estimate, "kwh", "high")).isEqualTo(2.3);
    }

    @Test
    void pueMultipliesTheCo2eAndTheFacilitysEnergyButNotTheComputers() throws Exception {
        JsonObject estimate = json("--gpu-hours 1082990 --power 400 --intensity 57 --pue 1.2");

        assertThat(figure(estimate, "kwh", "expected")).isEqualTo(433196);
        assertThat(figure(estimate, "facility_kwh", "expected")).isCloseTo(519835.2, within(1e-6));
        assertThat(figure(estimate, "co2e_grams", "expected")).isCloseTo(29.630e6, within(1e3));
        assertThat(text("--gpu-hours 1082990 --power 400 --intensity 57 --pue 1.2"))
                .contains("519.8 MWh for the facility");
    }

    @Test
    void aProcessorIsAddedWithItsOwnRange() throws Exception {
        JsonObject estimate = json("--gpu T4 --count 4 --hours 10 --cpu 'EPYC 7763' --cpus 2 --zone FR");

        assertThat(estimate.getAsJsonArray("parts")).hasSize(2);
        assertThat(figure(estimate, "kwh", "expected")).isCloseTo(2.8 + 2.8, within(1e-9));
        assertThat(estimate.get("not_included").getAsString()).doesNotContain("processors");
        JsonObject alone = json("--cpu 'EPYC 7763' --hours 10");
        assertThat(figure(alone, "kwh", "expected")).isCloseTo(2.8, within(1e-9));
        assertThat(figure(alone, "kwh", "high")).isCloseTo(2.856, within(1e-9));
    }

    @Test
    void theParagraphForAPaperNamesTheFiguresAndItsReferences() throws Exception {
        JsonObject estimate = json("--gpu V100 --count 8 --hours 336 --region gcp:us-central1");

        assertThat(estimate.get("paragraph").getAsString())
                .contains("806.4 kWh (490.5 to 806.4)", "8 x V100 for 336 h", "PUE of 1", "[1]", "[2]", "[3]")
                .contains("412.72 g CO2e per kWh", "332.8 kg CO2e", "Not included: processors");
        assertThat(strings(estimate.getAsJsonArray("references")))
                .hasSize(3)
                .anyMatch(reference -> reference.contains("arXiv:1910.09700"))
                .anyMatch(reference -> reference.contains("Google"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V100 | estimate takes options such as --gpu NAME, not 'V100'",
                "-gpu V100 | estimate takes options such as --gpu NAME, not '-gpu'",
                "--gpux V100 | estimate has no option --gpux; did you mean --gpu?",
                "--regoin FR | estimate has no option --regoin; did you mean --region?",
                "--colour red | estimate has no option --colour; see estimate --help",
                "--gpu | --gpu needs a value: --gpu NAME",
                "--gpu --count 8 | --gpu needs a value: --gpu NAME",
                "--gpu= --hours 1 | --gpu needs a value: --gpu NAME",
                "--json=yes | --json takes no value, not 'yes'",
                "--hours 1 --hours 2 | --hours is given twice",
                "--gpu T4 --hours -5 | --hours takes a number above 0, not '-5'",
                "--gpu T4 --hours 0 | --hours takes a number above 0, not '0'",
                "--gpu T4 --hours NaN | --hours takes a number above 0, not 'NaN'",
                "--gpu T4 --hours Infinity | --hours takes a number above 0, not 'Infinity'",
                "--gpu T4 --hours 1e400 | --hours takes a number above 0 and not above 1e12, not '1e400'",
                "--gpu T4 --hours 0x1p3 | --hours takes a number above 0, not '0x1p3'",
                "--gpu T4 --hours 1d | --hours takes a number above 0, not '1d'",
                "--gpu T4 --hours 1,5 | --hours takes a number above 0, not '1,5'",
                "--gpu T4 --hours ten | --hours takes a number above 0, not 'ten'",
                "--gpu T4 --hours 1 --count 2.5 | --count takes a whole number, not '2.5'",
                "--gpu T4 --hours 1 --count 0 | --count takes a number above 0, not '0'",
                "--gpu-hours 1 --power -1 | --power takes a number above 0, not '-1'",
                "--gpu T4 --hours 1 --utilization 70 | --utilization takes a share above 0 and up to 1, or up to 100%, not '70'; did you mean 70%?",
                "--gpu T4 --hours 1 --utilization 101% | --utilization takes a share above 0 and up to 1, or up to 100%, not '101%'",
                "--gpu T4 --hours 1 --pue 0.9 | --pue takes 1 to 10, not '0.9'",
                "--gpu T4 --hours 1 --pue NaN | --pue takes 1 to 10, not 'NaN'",
                "--gpu T4 --hours 1 --intensity -1 | --intensity takes 0 to 2000 g CO2e per kWh, not '-1'",
                "--gpu T4 --hours 1 --intensity 2001 | --intensity takes 0 to 2000 g CO2e per kWh, not '2001'",
                "--gpu T4 --hours 1 --zone FX | no zone 'FX' in the tables; did you mean ",
                "--gpu T4 --hours 1 --region us-central1 | no zone 'us-central1' in the tables; did you mean gcp:us-central1",
                "--gpu T4 --hours 1 --zone FR --region DE | --zone and --region are the same option; give one of them",
                "--gpu T4 --hours 1 --zone FR --intensity 5 | --intensity replaces a zone; give one of them",
                "--hours 1 | estimate needs the hardware and the time: ",
                "--gpu T4 | estimate needs the time: ",
                "--gpu T4 --hours 10 --count 8 --gpu-hours 81 | --gpu-hours is not --count times --hours; ",
                "--gpu T4 --gpu-hours 10 --cpu 7763 | --cpu needs the time of the machine: ",
                "--cpu 7763 --gpu-hours 10 | --cpu takes --hours and --cpus; ",
                "--cpus 2 --gpu T4 --hours 1 | --cpus needs --cpu NAME",
                "--gpu T4 --hours 1 --times 3 | --times is for a metered run: add --from RUN",
                "--from x --gpu T4 | --from cannot be combined with --gpu",
                "--from x --epochs 3 --samples 3 | --epochs and --samples say the same in two ways; give one of them",
                "--paper strubel | --paper takes strubell-2019, patterson-2021, bloom, not 'strubel'",
                "--paper bloom --gpu T4 | --paper cannot be combined with --gpu",
            })
    void saysInOneLineWhatIsWrong(String options, String line) {
        assertThatThrownBy(() -> text(options))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(line)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aWrongCommandLineHasExitCode2AndPrintsNothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = EstimateCommand.run(
                new String[] {"--gpu", "T4", "--hours", "-1\u0007"},
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("wattle: --hours takes a number above 0, not '-1?'" + System.lineSeparator());
    }

    @Test
    void largeInputsStayFinite() throws Exception {
        JsonObject estimate = json("--gpu-hours 1e12 --power 1e12 --intensity 2000 --pue 10 --utilization 100%");

        assertThat(figure(estimate, "co2e_grams", "expected")).isFinite().isGreaterThan(1e20);
    }

    @Test
    void papersPrintTheirTablesWithTheRecomputation() throws Exception {
        assertThat(text("--paper strubell-2019"))
                .contains("arXiv:1906.02243", "Table 3", "Table 1", "Not recomputable:")
                .containsPattern(
                        "NAS +1515\\.43 W x 274120 h x 1\\.58 +656347 kWh +656347\\.3 +0 % +626155 lb +626155\\.3");
        assertThat(text("--paper BLOOM")).contains("433196 kWh", "24.69 t");
        JsonObject patterson = json("--paper patterson-2021");
        assertThat(patterson.getAsJsonArray("rows")).hasSize(13);
        assertThat(json("--paper strubell-2019").getAsJsonArray("rows"))
                .anyMatch(row -> !row.getAsJsonObject().get("recomputable").getAsBoolean());
    }

    @Test
    void theHelpNamesEveryOption() throws Exception {
        String help = text("--help");

        for (EstimateOption option : EstimateOption.values()) {
            assertThat(help).contains("  " + option.flag());
        }
        assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(120));
    }

    private static String text(String options) throws UsageException {
        return EstimateCommand.answer(line -> {}, words(options));
    }

    private static JsonObject json(String options) throws UsageException {
        return JsonParser.parseString(text(options + " --json")).getAsJsonObject();
    }

    static String[] words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words.toArray(String[]::new);
    }

    private static double figure(JsonObject estimate, String name, String which) {
        return estimate.getAsJsonObject(name).get(which).getAsDouble();
    }

    private static List<String> assumptions(JsonObject estimate) {
        List<String> lines = new ArrayList<>();
        for (JsonElement assumption : estimate.getAsJsonArray("assumptions")) {
            JsonObject json = assumption.getAsJsonObject();
            lines.add(
                    json.get("subject").getAsString() + ": " + json.get("value").getAsString()
                            + (json.has("source") ? " [" + json.get("source").getAsString() + "]" : ""));
        }
        return lines;
    }

    private static List<String> strings(JsonArray array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.getAsString()));
        return strings;
    }
}
