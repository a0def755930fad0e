/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command compare, over journals of a ledger. */
class CompareIT {
    private static final Path JOURNALS =
            Path.of("../core/src/test/resources/journals").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @Test
    void comparesRunsByTheStartsOfTheirNames() {
        HostRun run = compare("base", "sma", "--ledger", JOURNALS.toString(), "--reach", "accuracy=0.9");

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout())
                .contains("A  resnet-base (demo)", "B  resnet-small (demo)")
                .contains(" less energy than run A for ")
                .contains("to accuracy >= 0.9 (kJ)");
        assertThat(run.stderr()).isEmpty();
    }

    @Test
    void writesJsonWithFiniteNumbers() {
        HostRun run = compare(
                JOURNALS.resolve("base.jsonl").toString(),
                JOURNALS.resolve("killed.jsonl").toString(),
                "--json",
                "--zone=FR",
                "--pue=1.1");

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        JsonObject json = JsonParser.parseString(run.stdout()).getAsJsonObject();
        JsonObject killed = json.getAsJsonArray("runs").get(1).getAsJsonObject();
        assertThat(killed.get("killed").getAsBoolean()).isTrue();
        assertThat(killed.getAsJsonObject("carbon").get("zone").getAsString()).isEqualTo("FR");
        assertThat(killed.getAsJsonObject("carbon").get("pue").getAsDouble()).isEqualTo(1.1);
    }

    @Test
    void writesAPage() throws IOException {
        Path page = directory.resolve("page.html");

        HostRun run = compare("base", "small", "--ledger=" + JOURNALS, "--html=" + page);

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).isEqualTo("wattle: wrote " + page + "\n");
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("Comparison of 2 runs");
    }

    @ParameterizedTest
    @CsvSource({
        "base, compare takes two runs or more",
        "base small --jsn, compare does not know '--jsn'",
        "base small --reach, --reach needs a value",
        "base small --reach=accuracy, --reach accuracy: it is not METRIC=VALUE",
        "base small --zone=FRA, 'no such zone; did you mean FR'",
        "base small --pue=1.1, name it with --zone or --carbon-intensity",
        "base small --zone=FR --pue=x, --pue x: not a number"
    })
    void saysInOneLineWhatItDoesNotUnderstand(String words, String part) {
        HostRun run = compare(words.replace("'", "").split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).startsWith("wattle: ").contains(part).hasLineCount(1);
    }

    @Test
    void saysWhichRunItDoesNotFind() {
        HostRun run = compare("base", "nothing", "--ledger=" + JOURNALS);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr())
                .startsWith("wattle: compare: no run 'nothing' in " + JOURNALS + "; among others there are base, ")
                .hasLineCount(1);
    }

    @Test
    void findsARunByTheNameThatTheUserGaveIt() throws IOException {
        Files.copy(JOURNALS.resolve("base.jsonl"), directory.resolve("20261128-101500-7-resnet.jsonl"));
        Files.copy(JOURNALS.resolve("small.jsonl"), directory.resolve("20261128-111500-8-resnet-small.jsonl"));

        HostRun run = compare("resnet", "resnet-s", "--ledger=" + directory);

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout()).contains("A  ", "B  ");
    }

    @Test
    void saysWhichRunsAWordCouldMean() throws IOException {
        Files.copy(JOURNALS.resolve("base.jsonl"), directory.resolve("run-1.jsonl"));
        Files.copy(JOURNALS.resolve("base.jsonl"), directory.resolve("run-2.jsonl"));

        HostRun run = compare("run-1", "run", "--ledger=" + directory);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr())
                .contains("'run' is the start of 2 runs: run-1, run-2;")
                .hasLineCount(1);
    }

    @Test
    void saysThatAFileIsNoJournal() throws IOException {
        Path notes = Files.writeString(directory.resolve("notes.txt"), "bread\nmilk\n");

        HostRun run = compare(notes.toString(), JOURNALS.resolve("base.jsonl").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stderr()).startsWith("wattle: compare: " + notes).hasLineCount(1);
    }

    private static HostRun compare(String... words) {
        Stream<String> command =
                Stream.concat(Stream.of("-jar", HostJvm.agentJar().toString(), "compare"), Stream.of(words));
        return HostJvm.on(JavaHome.current()).runJava(command.toArray(String[]::new));
    }
}
