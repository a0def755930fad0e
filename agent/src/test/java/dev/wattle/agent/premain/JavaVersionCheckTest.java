/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaVersionCheckTest {
    @ParameterizedTest
    @CsvSource({"1.8, 8", "9, 9", "11, 11", "16, 16"})
    void refusesAJvmThatIsTooOldAndNamesBothVersions(String specification, int feature) {
        assertThat(JavaVersionCheck.refusal(specification))
                .isEqualTo("this is Java " + feature + ", and the agent needs 17 or later");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "21", "25", "100"})
    void passesFrom17On(String specification) {
        assertThat(JavaVersionCheck.refusal(specification)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "seventeen", "25-ea"})
    void passesAVersionItCannotRead(String specification) {
        assertThat(JavaVersionCheck.refusal(specification)).isNull();
    }

    @Test
    void passesAMissingVersion() {
        assertThat(JavaVersionCheck.refusal(null)).isNull();
    }
}
