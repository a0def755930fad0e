/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.agent.export.SummaryTarget;
import dev.wattle.core.forecast.Budget;
import dev.wattle.probes.Hardware;
import dev.wattle.probes.source.ProbeKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the agent was asked to do, but for what CO2e rests on; parsed once.
 *
 * @param intervalNanos the sampling period
 * @param http where to serve; empty for not at all
 * @param ledger where journals go; empty for nowhere
 * @param run the run's name, where one was chosen
 * @param epochs how many epochs a training is to have, whatever its framework says; 0 to go by that
 * @param budget what the run may use
 * @param stopsAtBudget whether training is to end once that is used up
 * @param summary where the summary goes
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
        SummaryTarget summary,
        Set<ProbeKind> sources,
        Hardware hardware) {}
