/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void listsEveryKeyWithItsDefaultAndAllowedValues() throws IOException {
        List<String> rows = rows().stream()
                .map(row -> row.substring(0, row.lastIndexOf(" | ") + 2))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(ConfigKey.values())
                        .map(key -> "| `" + key.key() + "` | `" + key.defaultText() + "` | " + key.allowed() + " |")
                        .toList());
    }

    @Test
    void startsEachMeaningWithTheKeysDescription() throws IOException {
        assertThat(rows())
                .zipSatisfy(
                        Arrays.asList(ConfigKey.values()),
                        (row, key) -> assertThat(row.substring(row.lastIndexOf(" | ")))
                                .startsWith(" | " + key.description()));
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }
}
