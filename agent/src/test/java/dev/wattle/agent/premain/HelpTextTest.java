/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelpTextTest {
    @Test
    void namesTheVersionTheFlagAndEveryCommand() {
        assertThat(HelpText.text())
                .startsWith("Wattle " + HelpText.version() + ",")
                .contains(
                        "-javaagent:wattle-agent.jar",
                        "java -jar wattle-agent.jar doctor [--json] [key=value ...]",
                        "attach PID",
                        "detach PID",
                        "list");
    }
}
