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
    void tellsEveryKeyWithItsStandardAndWhatIsAllowed() throws IOException {
        List<String> told = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.lastIndexOf(" | ") + 2))
                .toList();

        assertThat(told)
                .containsExactlyElementsOf(Arrays.stream(ConfigKey.values())
                        .map(key -> "| `" + key.key() + "` | `" + key.standard() + "` | " + key.allowed() + " |")
                        .toList());
    }
}
