/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the commands of the page, and compares what they print with what the page shows. */
class EstimatePageTest {
    private static final Path PAGE = Path.of("..", "docs", "estimate.md");
    private static final String COMMAND = "$ java -jar wattle-agent.jar estimate ";

    @Test
    void everyCommandPrintsWhatThePageShows() throws Exception {
        List<String> blocks = List.of(Files.readString(PAGE).split("```\n", -1));

        List<String> commands =
                blocks.stream().filter(block -> block.startsWith(COMMAND)).toList();
        assertThat(commands).hasSizeGreaterThan(1).allSatisfy(block -> {
            int end = block.indexOf('\n');
            String command = block.substring(COMMAND.length(), end);
            String printed = EstimateCommand.answer(line -> {}, EstimateCommandTest.words(command));
            assertThat(printed.replace("(unknown version)", "0.1.0"))
                    .as(command)
                    .isEqualTo(block.substring(end + 1));
        });
    }

    @Test
    void namesEveryOption() throws IOException {
        String page = Files.readString(PAGE);

        for (EstimateOption option : EstimateOption.values()) {
            assertThat(page).contains("`" + option.flag());
        }
    }
}
