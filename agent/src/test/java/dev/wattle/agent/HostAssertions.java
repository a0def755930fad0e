/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.TwoRuns;

/** That the agent changed nothing of a program that anybody outside can see. */
public final class HostAssertions {
    private HostAssertions() {}

    /** Hands back the run with the agent, for what else is to be said of it. */
    public static HostRun assertUndisturbed(TwoRuns runs) {
        assertThat(runs.with().stdout()).isEqualTo(runs.without().stdout());
        assertThat(runs.with().exitCode())
                .as(() -> runs.with().stderr())
                .isEqualTo(runs.without().exitCode());
        assertThat(runs.with().foreignLines()).isEqualTo(runs.without().foreignLines());
        return runs.with();
    }
}
