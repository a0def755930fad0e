/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTextTest {
    private static final String LOST = "Z\uFFFD\uFFFDrich";

    @TempDir
    private Path proc;

    private LaunchText text;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(
                proc.resolve("cmdline"),
                "java\0-Dwattle.run=Bern\0-Dwattle.run=Zürich\0-jar\0x.jar\0attach\0project=Zürich\0");
        Files.writeString(proc.resolve("environ"), "A=b\0WATTLE_PROJECT=Zürich\0");
        text = new LaunchText(proc.toString());
    }

    @Test
    void restoresArgumentsThatTheJvmCouldNotDecode() {
        assertThat(text.words(new String[] {"attach", "project=" + LOST})).containsExactly("attach", "project=Zürich");
    }

    @Test
    void restoresVariablesAndProperties() {
        assertThat(text.environment(Map.of("A", "b", "WATTLE_PROJECT", LOST)))
                .containsOnly(Map.entry("A", "b"), Map.entry("WATTLE_PROJECT", "Zürich"));
        assertThat(text.property("wattle.run", LOST)).isEqualTo("Zürich");
    }

    @Test
    void changesNothingThatDoesNotMatch() {
        assertThat(text.property("wattle.run", "B\uFFFD\uFFFDrn")).isEqualTo("B\uFFFD\uFFFDrn");
        assertThat(text.property("wattle.project", LOST)).isEqualTo(LOST);
        assertThat(text.words(new String[] {"a", "b", "c", "d", "e", "f", "g", LOST}))
                .endsWith(LOST);
    }

    @Test
    void changesNothingOutsideLinux() {
        LaunchText none = new LaunchText("/no/such/directory");

        assertThat(none.words(new String[] {LOST})).containsExactly(LOST);
        assertThat(none.property("wattle.run", LOST)).isEqualTo(LOST);
        assertThat(none.property("wattle.run", null)).isNull();
    }
}
