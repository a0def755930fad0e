/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import java.util.Map;

/** Configurations for tests of other packages. */
public final class LiveConfigs {
    private LiveConfigs() {}

    /** Parses arguments and environment variables; the warnings are ignored. */
    public static AgentConfig of(String arguments, Map<String, String> environment) {
        return Configured.by(arguments, Map.of(), environment).config;
    }
}
