/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.core.carbon.CarbonSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A configuration from all the places it may stand in, and what was said about it. */
final class Configured {
    static final Path HOME = Path.of("/home/ada");

    final List<String> complaints = new ArrayList<>();
    final AgentConfig config;
    final CarbonSettings carbon;

    private Configured(String arguments, Map<String, String> properties, Map<String, String> environment) {
        Properties system = new Properties();
        system.putAll(properties);
        ConfigValues values = ConfigValues.read(arguments, system, environment, complaints::add);
        config = ConfigParser.parse(values, Optional.of(HOME), complaints::add);
        carbon = ConfigParser.carbon(values, complaints::add);
    }

    static Configured by(String arguments) {
        return by(arguments, Map.of(), Map.of());
    }

    static Configured by(String arguments, Map<String, String> properties, Map<String, String> environment) {
        return new Configured(arguments, properties, environment);
    }
}
