/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.config.AgentConfig;
import dev.wattle.agent.premain.counters.Baseline;
import dev.wattle.core.probe.EarlyReading;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.time.SamplingClock;
import dev.wattle.probes.SourceSearch;
import dev.wattle.probes.jna.PrivateJna;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Finds the sources of energy and starts the meter that reads them. */
final class MeterStarter {
    private MeterStarter() {}

    /** @param baseline the processors' counters when the agent was loaded; their energy counts from there */
    static SourceSearch search(AgentConfig config, Baseline baseline) {
        // The ledger is a directory that can be written, for JNA's library.
        config.ledger().ifPresent(PrivateJna::alsoTry);
        List<EarlyReading> early = new ArrayList<>();
        for (int i = 0; i < baseline.size(); i++) {
            early.add(new EarlyReading(baseline.file(i).toPath(), baseline.nanos(i), baseline.microjoules(i)));
        }
        return SourceSearch.start(config.hardware(), config.sources(), early);
    }

    /** Starts the meter; closes the probes that are open already where it cannot be started. */
    static EnergyMeter start(SourceSearch search, long intervalNanos, MeterThreads threads, Consumer<String> log) {
        try {
            return EnergyMeter.start(
                    search.plainProbes(),
                    search.sources(),
                    intervalNanos,
                    search.processorTimes(),
                    threads,
                    SamplingClock.system(),
                    log);
        } catch (Throwable t) {
            search.plainProbes().forEach(EnergyProbe::close);
            throw t;
        }
    }
}
