/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimates from journals in a ledger. */
class MeteredArgumentsTest {
    private static final String FIRST = "20261128-120000-7-digits";

    @TempDir
    private Path ledger;

    @BeforeEach
    void journals() throws IOException {
        write(FIRST, "digits", 7_200_000_000_000L);
        write("20261128-130000-8-letters", "letters", 3_600_000_000_000L);
    }

    @Test
    void aRunIsFoundByItsNameItsStartOrItsFile() throws Exception {
        for (String word : new String[] {
            "digits", "dig", FIRST, ledger.resolve(FIRST + ".jsonl").toString()
        }) {
            JsonObject estimate = json("--from", word, "--times", "4789");

            assertThat(expected(estimate, "kwh")).as(word).isCloseTo(2 * 4789, within(1e-6));
        }
    }

    @Test
    void theRunsOwnCarbonIsUsedUnlessAnotherIsChosen() throws Exception {
        JsonObject own = json("--from", "digits", "--times", "10");
        JsonObject other = json("--from", "digits", "--times", "10", "--intensity", "100", "--pue", "1");

        assertThat(expected(own, "co2e_grams")).isCloseTo(20 * 1.2 * 41.79, within(1e-6));
        assertThat(own.getAsJsonObject("carbon").get("zone").getAsString()).isEqualTo("FR");
        assertThat(own.getAsJsonObject("carbon").get("kind").getAsString()).isEqualTo("lifecycle");
        assertThat(expected(other, "co2e_grams")).isCloseTo(2000, within(1e-6));
    }

    @Test
    void theTextNamesTheRunItsEnergyAndWhatIsInProportion() throws Exception {
        String text = text("--from", "digits", "--epochs", "100");

        // 0.5 kWh outside, epochs of 0.5 kWh.
        assertThat(text)
                .startsWith("estimate: 50.50 kWh")
                .contains("digits on host: 2 kWh in 60 s", "3 recorded, 500 Wh each", "500 Wh outside them")
                .contains("100, given", "in proportion", "the metered run digits with 100 epochs", "arXiv:1906.02243");
    }

    @Test
    void aRunThatIsNotThereOrNotOneIsRefusedInOneLine() throws IOException {
        write("20261128-140000-9-digits", "digits", 1);
        Files.writeString(ledger.resolve("20261128-150000-9-broken.jsonl"), "{\"type\":");

        assertThatThrownBy(() -> text("--from", "digits"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("'digits' may be " + FIRST + ", 20261128-140000-9-digits; write");
        assertThatThrownBy(() -> text("--from", "numbers"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("no run 'numbers' in " + ledger + "; there are ");
        assertThatThrownBy(() -> text("--from", "broken"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("broken.jsonl ");
        assertThatThrownBy(() -> text("--from", "letters", "--gpus", "8"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("used no GPU");
        assertThatThrownBy(() -> text("--from", "letters", "--times", "0"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--times takes a number above 0");
    }

    @Test
    void aPlaceThatIsNoneIsNamedAsSuch() {
        Path file = ledger.resolve(FIRST + ".jsonl");

        assertThatThrownBy(() -> EstimateCommand.answer(line -> {}, "--from", "digits", "--ledger=" + file))
                .hasMessage("--ledger: " + file + " is not a directory");
        assertThatThrownBy(() -> text("--from", ledger.toString())).hasMessageEndingWith(" is not a regular file");
    }

    @Test
    void theFigureOfTheRunsUserIsNamedAsSuch() throws Exception {
        Path file = ledger.resolve(FIRST + ".jsonl");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "\"zone\":\"FR\",\"year\":2025,\"kind\":\"lifecycle\",\"basis\":\"generation\",\"source\":\"owid-2026\"",
                                "\"zone\":\"custom\",\"kind\":\"unstated\",\"basis\":\"unstated\",\"source\":\"user\""));

        assertThat(text("--from", "digits", "--times", "2"))
                .contains("41.79 g per kWh, given by the user of that run")
                .doesNotContain("unstated", "zone of the run", ", 0,");
    }

    @Test
    void aDamagedJournalIsNamed() throws Exception {
        Path file = ledger.resolve(FIRST + ".jsonl");
        Files.writeString(file, Files.readString(file) + "{\"type\":\n");
        List<String> log = new ArrayList<>();

        EstimateCommand.answer(log::add, "--from", file.toString(), "--times", "2");

        assertThat(log).anySatisfy(line -> assertThat(line).startsWith("the journal of digits has a damaged line"));
    }

    private void write(String file, String run, long microjoules) throws IOException {
        StringBuilder journal = new StringBuilder("""
                {"type":"run","schema":1,"run":"%s","started":"2026-11-28T12:00:00Z","host":"host","pid":7,"java":"17",\
                "wattle":"0.1.0","carbon":{"grams_per_kwh":41.79,"zone":"FR","year":2025,"kind":"lifecycle",\
                "basis":"generation","source":"owid-2026","pue":1.2},"devices":[{"device":"package-0",\
                "component":"cpu","name":"EPYC","uuid":"","quality":"counter","scope":"machine","source":"a file"}]}
                """.formatted(run));
        for (int epoch = 1; epoch <= 3; epoch++) {
            journal.append("""
                    {"type":"epoch","training":1,"framework":"dl4j","first":%d,"last":%d,\
                    "began":"2026-11-28T12:00:0%dZ","seconds":1,"microjoules":{"package-0":%d},"quality":"counter",\
                    "since_last_microjoules":0,"iterations":10,"samples":1000}
                    """.formatted(epoch, epoch, epoch, microjoules / 4));
        }
        journal.append("""
                {"type":"summary","at":"2026-11-28T12:01:00Z","elapsed_seconds":60,\
                "microjoules":{"package-0":%d},"microjoules_by_quality":{"counter":%d},"co2e_grams":1}
                """.formatted(microjoules, microjoules));
        Files.writeString(ledger.resolve(file + ".jsonl"), journal);
    }

    private JsonObject json(String... options) throws UsageException {
        return JsonParser.parseString(text(append(options, "--json"))).getAsJsonObject();
    }

    private String text(String... options) throws UsageException {
        return EstimateCommand.answer(line -> {}, append(options, "--ledger=" + ledger));
    }

    private static String[] append(String[] words, String word) {
        String[] all = new String[words.length + 1];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = word;
        return all;
    }

    private static double expected(JsonObject estimate, String name) {
        return estimate.getAsJsonObject(name).get("expected").getAsDouble();
    }
}
