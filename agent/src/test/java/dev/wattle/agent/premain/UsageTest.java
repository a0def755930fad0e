/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void saysTheVersionTheFlagAndEveryCommand() {
        assertThat(Usage.text())
                .startsWith("Wattle " + Usage.version() + ",")
                .contains(
                        "-javaagent:wattle-agent.jar",
                        "java -jar wattle-agent.jar doctor [--json] [key=value ...]",
                        "attach PID",
                        "detach PID",
                        "list");
    }
}
