/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A configuration parsed from given texts, and the warnings about them. */
final class Configured {
    static final Path HOME = Path.of("/home/ada");

    final List<String> warnings = new ArrayList<>();
    final AgentConfig config;

    private Configured(String arguments, Map<String, String> properties, Map<String, String> environment) {
        Properties system = new Properties();
        system.putAll(properties);
        ConfigValues values = ConfigValues.read(arguments, system, environment, warnings::add);
        config = ConfigParser.parse(values, new UserPaths(Optional.of(HOME)), warnings::add);
    }

    static Configured by(String arguments) {
        return by(arguments, Map.of(), Map.of());
    }

    static Configured by(String arguments, Map<String, String> properties, Map<String, String> environment) {
        return new Configured(arguments, properties, environment);
    }
}
