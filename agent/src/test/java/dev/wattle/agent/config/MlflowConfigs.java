/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import java.util.Optional;

/** Makes configurations of MLflow for tests of other packages. */
public final class MlflowConfigs {
    private MlflowConfigs() {}

    public static MlflowConfig of(String server, String run) {
        return MlflowConfig.of(
                MlflowConfig.parseServer(server), run, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static MlflowConfig withToken(String server, String run, String token) {
        return MlflowConfig.of(
                MlflowConfig.parseServer(server), run, Optional.empty(), Optional.empty(), Optional.of(token));
    }
}
