/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashSet;
import java.util.Set;

/**
 * Publishes which run this is and what the meter itself costs.
 *
 * <p>Whoever binds this keeps it: the meters hold their sources weakly. Thread-safe.
 */
public final class RunMeters implements MeterBinder {

    private final RunIdentity run;
    private final EnergyMeter meter;
    private final MeterThreads threads;

    public RunMeters(RunIdentity run, EnergyMeter meter, MeterThreads threads) {
        this.run = run;
        this.meter = meter;
        this.threads = threads;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("wattle.run.info", run, source -> 1)
                .description("Which run this is; always 1")
                .tags("run", run.run(), "project", run.project().orElse(""), "host", run.host())
                .tags("version", run.wattle())
                .register(registry);
        bindCost(registry);
    }

    private void bindCost(MeterRegistry registry) {
        if (threads.cpuNanos() != MeterThreads.UNKNOWN) {
            FunctionCounter.builder("wattle.agent.cpu", threads, source -> source.cpuNanos() * 1e-9)
                    .description("Processor time of the meter's own threads")
                    .baseUnit("seconds")
                    .register(registry);
        }
        FunctionCounter.builder("wattle.agent.ticks", meter, EnergyMeter::ticks)
                .description("How often the probes were read")
                .register(registry);
        FunctionCounter.builder("wattle.agent.ticks.missed", meter, EnergyMeter::missedTicks)
                .description("Readings that were due and did not happen")
                .register(registry);
        Gauge.builder("wattle.agent.interval", meter, source -> source.periodNanos() * 1e-9)
                .description("Time between two readings")
                .baseUnit("seconds")
                .register(registry);
        Set<String> bound = new HashSet<>();
        meter.whenJoined(domain -> {
            for (EnergyMeter.ProbeErrors probe : meter.probeErrors()) {
                if (bound.add(probe.probe())) {
                    bindErrors(probe, registry);
                }
            }
        });
    }

    private static void bindErrors(EnergyMeter.ProbeErrors probe, MeterRegistry registry) {
        FunctionCounter.builder(
                        "wattle.agent.read.errors",
                        probe,
                        source -> source.errors().getAsLong())
                .description("Readings that failed")
                .tags("probe", probe.probe())
                .register(registry);
    }
}
