/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Sensor;
import java.util.List;

/**
 * A probe whose counters are read more often than in a run, so that a short reading sees their steps.
 *
 * @param probe does the reading
 * @param counterPeriodNanos the minimum time between two readings, if there is a counter
 */
record FrequentSource(EnergyProbe probe, long counterPeriodNanos) implements EnergyProbe {
    @Override
    public String name() {
        return probe.name();
    }

    @Override
    public List<EnergyDomain> domains() {
        return probe.domains();
    }

    @Override
    public void read(Readings into) {
        probe.read(into);
    }

    @Override
    public long minPeriodNanos() {
        boolean counts = domains().stream().anyMatch(domain -> domain.sensor() instanceof Sensor.Counter);
        return counts ? Math.min(probe.minPeriodNanos(), counterPeriodNanos) : probe.minPeriodNanos();
    }

    @Override
    public void close() {
        probe.close();
    }
}
