/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of the page on the journals that are kept for tests. */
class QuestionsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "questions.md");
    private static final Path RUNS = Path.of("..", "core", "src", "test", "resources", "journals");
    private static final String COMMAND = "java -jar wattle-agent.jar ";
    private static final Map<String, String> CLASSES = Map.of(
            "report", "dev.wattle.agent.cli.ledger.ReportCommand",
            "compare", "dev.wattle.agent.cli.ledger.CompareCommand",
            "estimate", "dev.wattle.agent.cli.carbon.EstimateCommand",
            "zones", "dev.wattle.agent.cli.carbon.ZonesCommand");

    @TempDir
    private Path directory;

    static Stream<String> commands() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith(COMMAND))
                .map(line -> line.substring(COMMAND.length()));
    }

    @Test
    void answersSevenQuestionsWithACommandEach() throws IOException {
        List<String> sections = List.of(Files.readString(PAGE).split("\n## ", -1));

        assertThat(sections).hasSize(1 + 7);
        assertThat(sections.subList(1, sections.size()))
                .allMatch(section -> section.contains("?\n"))
                .allMatch(section -> section.contains("\n" + COMMAND));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandAnswers(String command) throws Exception {
        String[] words = command.split(" ", -1);
        String[] arguments = Stream.of(words).skip(1).map(this::here).toArray(String[]::new);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        Object code = Class.forName(CLASSES.get(words[0]))
                .getMethod("run", String[].class, PrintStream.class, PrintStream.class)
                .invoke(null, arguments, print(out), print(err));

        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(0);
        Path html = directory.resolve("run.html");
        String answer = Files.exists(html) ? Files.readString(html) : out.toString(StandardCharsets.UTF_8);
        assertThat(answer).containsPattern("\\d").containsPattern("CO2e|kWh");
    }

    /** A word of the page, with the journals of the test and a directory that is removed. */
    private String here(String word) {
        if (word.equals("runs") || word.startsWith("runs/")) {
            return RUNS + word.substring("runs".length());
        }
        return word.replace("--html=", "--html=" + directory + "/");
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
