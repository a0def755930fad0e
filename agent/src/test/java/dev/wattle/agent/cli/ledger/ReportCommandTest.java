/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportCommandTest {
    private static final Path RECORDED = Path.of("src/test/resources/journals/0.1.0-dl4j.jsonl");

    @TempDir
    private Path ledger;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsTotalsAndRowsAsJson() throws Exception {
        copy("{\"type\"", "{\"type\"");
        Files.createFile(ledger.resolve("empty.jsonl"));

        assertThat(report(ledger.toString(), "--json")).isZero();

        JsonObject json = JsonParser.parseString(text(out)).getAsJsonObject();
        JsonObject totals = json.getAsJsonObject("totals");
        JsonObject row = json.getAsJsonArray("rows").get(0).getAsJsonObject();
        assertThat(json.get("by").getAsString()).isEqualTo("project");
        assertThat(row.get("name").getAsString()).isEqualTo("demo");
        for (JsonObject figures : new JsonObject[] {totals, row}) {
            assertThat(figures.get("microjoules").getAsLong()).isEqualTo(58_646_652);
            assertThat(figures.get("kwh").getAsDouble()).isEqualTo(1.6290736666666668e-05);
            assertThat(figures.get("co2e_grams").getAsDouble()).isEqualTo(0.007461157393333334);
            assertThat(figures.get("runs").getAsInt()).isEqualTo(1);
            assertThat(figures.get("killed").getAsInt()).isZero();
            assertThat(figures.get("seconds").getAsDouble()).isEqualTo(13.178281021);
        }
        JsonObject skipped = json.getAsJsonArray("skipped").get(0).getAsJsonObject();
        assertThat(skipped.get("file").getAsString()).endsWith("empty.jsonl");
        assertThat(skipped.get("reason").getAsString()).isEqualTo("is empty");
    }

    @Test
    void printsNoControlCharacterOfAName() throws Exception {
        copy("\"demo\"", "\"de\\u001b[31mmo\\u202e\\n\"");

        assertThat(report(ledger.toString())).isZero();

        assertThat(text(out)).contains("de?[31mmo??").doesNotContain("\u001b", "\u202e");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | plain",
                "a,b | \"a,b\"",
                "say \"hi\" | \"say \"\"hi\"\"\"",
                "=1+1 | '=1+1",
                "@SUM(A1) | '@SUM(A1)",
                "-2 | '-2",
                "+2,3 | \"'+2,3\""
            })
    void quotesCellsAndDisarmsFormulas(String name, String cell) {
        assertThat(ReportCsv.cell(name)).isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--bye=x | did you mean --by?",
                "--by=projects | --by takes project",
                "--by | --by needs a value",
                "--sort=size | --sort takes energy",
                "--since=yesterday | --since takes a date",
                "--zone=Germny | did you mean",
                "--pue=0.5 | --pue takes a number from 1.0 to 10.0",
                "--carbon-intensity=NaN | --carbon-intensity takes a number",
                "--json=yes | --json takes no value"
            })
    void refusesAWrongOptionInOneLine(String option, String message) throws Exception {
        assertThat(report(ledger.toString(), option)).isEqualTo(2);

        assertThat(text(err)).contains(message).hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void failsWhereThereIsNoJournal() throws Exception {
        assertThat(report(ledger.toString())).isEqualTo(1);

        assertThat(text(err)).contains("no journal").hasLineCount(1);
    }

    @Test
    void writesSpdxOfADirectoryWithOneRun() throws Exception {
        copy("demo", "demo");
        Files.createFile(ledger.resolve("empty.jsonl"));

        assertThat(report(ledger.toString(), "--spdx")).isZero();
        assertThat(text(out)).contains("ai_energyConsumption");

        Files.copy(RECORDED, ledger.resolve("b.jsonl"));
        assertThat(report(ledger.toString(), "--spdx")).isEqualTo(2);
        assertThat(text(err))
                .contains("--spdx takes one run: there are several")
                .hasLineCount(1);
    }

    @Test
    void saysThatNoRunIsThereForSpdx() throws Exception {
        assertThat(report(ledger.toString(), "--spdx")).isEqualTo(1);

        assertThat(text(err)).contains("no journal of a run").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"--json", "--csv", "''"})
    void failsWhereNoFileIsAJournal(String option) throws Exception {
        Path file = Files.writeString(ledger.resolve("notes.txt"), "some text");

        assertThat(option.isEmpty() ? report(file.toString()) : report(file.toString(), option))
                .isEqualTo(1);

        assertThat(text(err))
                .contains("no journal of a run", "notes.txt is not a journal")
                .hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void saysThatRunsWereReadAndNoneSelected() throws Exception {
        copy("demo", "demo");
        Path page = ledger.resolve("page.html");

        assertThat(report(ledger.toString(), "--project", "nope")).isZero();
        assertThat(text(err)).contains("1 run read, none selected").hasLineCount(1);
        assertThat(text(out)).isEmpty();

        assertThat(report(ledger.toString(), "--project", "nope", "--html=" + page))
                .isZero();
        assertThat(text(err)).contains("1 run read, none selected; no page is written");
        assertThat(page).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--json --csv, 'give one of --json, --csv'",
        "--json --html, 'give one of --json, --html'",
        "--spdx --csv, 'give one of --csv, --spdx'",
        "--by=run --by=day, '--by is given twice, with run and day'",
        "--html=a.html --html=b.html, '--html is given twice'",
        "--html --by=host, '--by has no effect on a page'",
        "--zone=FR --carbon-intensity=5, '--zone or --carbon-intensity'",
        "--html nowhere.html, 'nowhere.html does not exist; did you mean --html=nowhere.html?'"
    })
    void refusesOptionsThatContradictEachOther(String options, String message) throws Exception {
        copy("demo", "demo");

        assertThat(report((ledger + " " + options).split(" "))).isEqualTo(2);

        assertThat(text(err)).contains(message).hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void failsWhereAnInputDoesNotExist() throws Exception {
        copy("demo", "demo");

        assertThat(report(ledger.toString(), ledger.resolve("gone.jsonl").toString()))
                .isEqualTo(1);

        assertThat(text(err)).contains("gone.jsonl does not exist").hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a.jsonl", "new.jsonl", "journal.html"})
    void neverReplacesAJournalByAPage(String name) throws Exception {
        copy("demo", "demo");
        Files.copy(RECORDED, ledger.resolve("journal.html"));
        Path file = ledger.resolve(name);

        assertThat(report(ledger.toString(), "--html=" + file)).isEqualTo(2);

        assertThat(text(err)).contains("would replace a journal").hasLineCount(1);
        assertThat(HtmlFile.write(file, "page")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"--zone=FR", "--pue=1.2", "--since=30d"})
    void keepsThePageOfARunWithItsOwnFigures(String option) throws Exception {
        copy("demo", "demo");
        Path page = ledger.resolve("page.html");

        assertThat(report(ledger.resolve("a.jsonl").toString(), option, "--html=" + page))
                .isEqualTo(2);

        assertThat(text(err)).contains("--html of one run takes no ").hasLineCount(1);
        assertThat(page).doesNotExist();
    }

    @Test
    void countsARunWithAnEmptyProjectWithThoseWithoutOne() throws Exception {
        copy("\"demo\"", "\"\"");

        assertThat(report(ledger.toString(), "--csv")).isZero();

        assertThat(text(out).lines().skip(1)).singleElement().asString().startsWith("(none),");
    }

    private void copy(String from, String to) throws IOException {
        Files.writeString(ledger.resolve("a.jsonl"), Files.readString(RECORDED).replace(from, to));
    }

    private int report(String... words) throws InterruptedException {
        return ReportCommand.run(
                words,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
