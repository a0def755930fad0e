/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void saysTheVersionAndTheFlag() {
        assertThat(Usage.text("1.2.3")).startsWith("Wattle 1.2.3,").contains("-javaagent:wattle-agent.jar");
    }
}
