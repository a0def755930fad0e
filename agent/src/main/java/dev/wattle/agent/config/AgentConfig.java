/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.forecast.Budget;
import dev.wattle.probes.Hardware;
import dev.wattle.probes.source.ProbeKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the agent, parsed once. Immutable.
 *
 * @param intervalNanos the sampling period, 1 ms to 60 s
 * @param http where the endpoint listens; empty for no endpoint
 * @param ledger the directory of journals; empty for no journal
 * @param run the run's name; empty for a generated one
 * @param project the project that the run belongs to
 * @param labels further names, in the order they were given
 * @param epochs the planned number of epochs of every training; 0 to use the framework's
 * @param budget what the run may use; empty for no limit
 * @param stopsAtBudget whether training is asked to stop once the budget is used up
 * @param summary where the summary is written, and how long it is
 * @param sources the sources of energy to look for
 * @param hardware where hardware is read
 * @param carbon how energy is converted to CO2e
 * @param live which service is asked for the carbon intensity of now; empty for none
 * @param trackers the experiment trackers that get each epoch's figures
 */
public record AgentConfig(
        long intervalNanos,
        Optional<EndpointConfig> http,
        Optional<Path> ledger,
        Optional<String> run,
        Optional<String> project,
        Map<String, String> labels,
        int epochs,
        Optional<Budget> budget,
        boolean stopsAtBudget,
        SummaryConfig summary,
        Set<ProbeKind> sources,
        Hardware hardware,
        CarbonSettings carbon,
        Optional<LiveIntensityConfig> live,
        TrackerConfig trackers) {

    /**
     * Reads the configuration of this JVM: the agent's arguments, then system properties, then environment variables, then
     * the properties file that one of them names. The first that sets a key wins.
     *
     * @param arguments the agent's arguments, key=value separated by commas; null for none
     * @param warn takes a line for each setting that cannot be used
     */
    public static AgentConfig ofThisJvm(@Nullable String arguments, Consumer<String> warn) {
        return ConfigParser.parse(ConfigValues.ofThisJvm(arguments, warn), UserPaths.ofThisJvm(), warn);
    }
}
