/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserPathsTest {
    @Test
    void takesTheHomeThatTheJvmKnows() {
        assertThat(UserPaths.findHome("/home/ada", Map.of("HOME", "/other"))).contains(Path.of("/home/ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "", "work", "\0"})
    void takesTheHomeOfTheEnvironmentWhereTheJvmKnowsNone(String property) {
        assertThat(UserPaths.findHome(property, Map.of("HOME", "/home/ada"))).contains(Path.of("/home/ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "", "."})
    void takesNoHomeInTheWorkingDirectory(String home) {
        assertThat(UserPaths.findHome("?", Map.of("HOME", home))).isEmpty();
        assertThat(UserPaths.findHome("?", Map.of())).isEmpty();
    }
}
