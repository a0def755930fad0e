/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.EnergyMeter.ProbeErrors;
import dev.wattle.core.sampling.MeterThreads;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashSet;
import java.util.Set;

/**
 * Publishes the identity of the run and the cost of the meter itself.
 *
 * <p>Thread-safe. The meters hold their sources weakly; {@link #close()} removes them from their registry.
 */
public final class RunMeters implements MeterBinder, AutoCloseable {

    private final RunIdentity run;
    private final EnergyMeter meter;
    private final MeterThreads threads;
    private final RegisteredMeters meters = new RegisteredMeters();

    /** @param threads the meter's own threads, whose processor time is published */
    public RunMeters(RunIdentity run, EnergyMeter meter, MeterThreads threads) {
        this.run = run;
        this.meter = meter;
        this.threads = threads;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.add(
                registry,
                Gauge.builder("wattle.run.info", run, source -> 1)
                        .description("Which run this is; always 1")
                        .tags("run", run.run(), "project", run.project().orElse(""), "host", run.host())
                        .tags("version", run.wattle())
                        .tags(RunLabels.tags(run.labels()))::register);
        bindCost(registry);
        bindReadErrors(registry);
    }

    @Override
    public void close() {
        meters.close();
    }

    private void bindCost(MeterRegistry registry) {
        if (threads.cpuNanos() != MeterThreads.UNKNOWN) {
            meters.add(
                    registry,
                    FunctionCounter.builder("wattle.agent.cpu", threads, RunMeters::cpuSeconds)
                            .description("Processor time of the meter's own threads")
                            .baseUnit("seconds")::register);
        }
        meters.add(
                registry,
                FunctionCounter.builder("wattle.agent.ticks", meter, EnergyMeter::ticks)
                        .description("How often the probes were read")::register);
        meters.add(
                registry,
                FunctionCounter.builder("wattle.agent.ticks.missed", meter, EnergyMeter::missedTicks)
                        .description("Readings that were due and did not happen")::register);
        meters.add(
                registry,
                Gauge.builder("wattle.agent.interval", meter, RunMeters::intervalSeconds)
                        .description("Time between two readings")
                        .baseUnit("seconds")::register);
    }

    private void bindReadErrors(MeterRegistry registry) {
        Set<String> bound = new HashSet<>();
        meter.whenJoined(domain -> {
            for (ProbeErrors probe : meter.probeErrors()) {
                if (bound.add(probe.probe())) {
                    meters.add(
                            registry,
                            FunctionCounter.builder("wattle.agent.read.errors", probe, RunMeters::errors)
                                    .description("Readings that failed")
                                    .tags("probe", probe.probe())::register);
                }
            }
        });
    }

    private static double cpuSeconds(MeterThreads threads) {
        return EnergyUnits.seconds(threads.cpuNanos());
    }

    private static double intervalSeconds(EnergyMeter meter) {
        return EnergyUnits.seconds(meter.periodNanos());
    }

    private static double errors(ProbeErrors probe) {
        return probe.errors().getAsLong();
    }
}
