/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that the command report writes, and the commands of the page about them. */
class ReportFilesIT {
    private static final Path JOURNALS =
            Path.of("../core/src/test/resources/journals").toAbsolutePath().normalize();
    private static final Path DOCS = Path.of("../docs/report.md");

    @TempDir
    private Path directory;

    @Test
    void runsTheCommandsOfTheDocumentation() throws IOException {
        List<String> commands = Files.readAllLines(DOCS).stream()
                .filter(line -> line.startsWith("java -jar wattle-agent.jar "))
                .toList();
        assertThat(commands).hasSizeGreaterThan(4);
        for (String command : commands) {
            String[] words = command.substring("java -jar wattle-agent.jar ".length())
                    .replace("~/.wattle/runs", JOURNALS.toString())
                    .replace("--html=", "--html=" + directory + "/")
                    .replace(" baseline", " " + JOURNALS.resolve("base.jsonl"))
                    .replace(" smaller", " " + JOURNALS.resolve("small.jsonl"))
                    .split(" ");

            HostRun run = run(words);

            assertThat(run.exitCode()).as(command + run.stderr()).isZero();
            assertThat(run.stdout().contains("NaN")).as(command).isFalse();
        }
        assertThat(directory.resolve("run.html")).content().contains("Energy of the run ");
        assertThat(directory.resolve("ledger.html")).content().contains("Energy of 4 runs");
        assertThat(directory.resolve("compare.html")).content().contains("Comparison of 2 runs");
    }

    @Test
    void writesSpdxOnStandardOutput() {
        HostRun run = run("report", JOURNALS.resolve("base.jsonl").toString(), "--spdx");

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(JsonParser.parseString(run.stdout()).getAsJsonObject().keySet())
                .containsExactly("@context", "@graph");
    }

    @Test
    void findsARunByTheStartOfItsName() {
        HostRun run = HostJvm.on(JavaHome.current())
                .runJava(
                        "-Dwattle.ledger=" + JOURNALS,
                        "-jar",
                        HostJvm.agentJar().toString(),
                        "report",
                        "bas",
                        "--json");

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(JsonParser.parseString(run.stdout())
                        .getAsJsonObject()
                        .getAsJsonObject("totals")
                        .get("runs")
                        .getAsInt())
                .isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        HostRun none = run("report", directory.toString(), "--html=" + directory.resolve("x.html"));
        HostRun many = run("report", "a", "b", "--spdx");

        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.stderr())
                .startsWith("wattle: report: no journal of a run in ")
                .hasLineCount(1);
        assertThat(many.exitCode()).isEqualTo(2);
        assertThat(many.stderr())
                .startsWith("wattle: report: --spdx takes one run")
                .hasLineCount(1);
    }

    private static HostRun run(String... words) {
        Stream<String> command =
                Stream.concat(Stream.of("-jar", HostJvm.agentJar().toString()), Stream.of(words));
        return HostJvm.on(JavaHome.current()).runJava(command.toArray(String[]::new));
    }
}
