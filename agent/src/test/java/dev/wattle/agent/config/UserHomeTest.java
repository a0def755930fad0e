/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserHomeTest {
    @Test
    void isWhatTheJvmSays() {
        assertThat(UserHome.find("/home/ada", Map.of("HOME", "/other"))).contains(Path.of("/home/ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "", "work", "\0"})
    void isThatOfTheEnvironmentWhereTheJvmKnowsNone(String property) {
        assertThat(UserHome.find(property, Map.of("HOME", "/home/ada"))).contains(Path.of("/home/ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "", "."})
    void isNoPlaceInTheWorkingDirectory(String home) {
        assertThat(UserHome.find("?", Map.of("HOME", home))).isEmpty();
        assertThat(UserHome.find("?", Map.of())).isEmpty();
    }
}
