/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkToolCheckTest {
    @ParameterizedTest
    @CsvSource({
        "jdk.compiler, jdk.compiler/com.sun.tools.javac.Main -version",
        "jdk.jcmd, jdk.jcmd/sun.tools.jps.Jps -q",
        "java.base, java.base/sun.security.tools.keytool.Main",
        "jdk.jlink, jdk.jlink/jdk.tools.jlink.internal.Main --help",
    })
    void recognisesTheProgramsOfTheJdk(String mainModule, String command) {
        assertThat(JdkToolCheck.isTool(mainModule, command)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "jdk.compiler, jdk.compiler/com.sun.tools.javac.launcher.Main Train.java",
        "jdk.compiler, jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher Train.java",
    })
    void passesTheSourceLauncher(String mainModule, String command) {
        assertThat(JdkToolCheck.isTool(mainModule, command)).isFalse();
    }

    @Test
    void passesAModularApplication() {
        assertThat(JdkToolCheck.isTool("org.example.training", "org.example.training/org.example.Train"))
                .isFalse();
    }

    @Test
    void passesAMainClassOnTheClassPath() {
        assertThat(JdkToolCheck.isTool(null, "org.example.Train")).isFalse();
    }

    @Test
    void recognisesAToolWithoutACommand() {
        assertThat(JdkToolCheck.isTool("jdk.compiler", null)).isTrue();
    }
}
