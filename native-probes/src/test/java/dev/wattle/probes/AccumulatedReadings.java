/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.energy.CounterAccumulator;
import dev.wattle.core.energy.PlausiblePower;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Sensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Readings of a probe of counters, accumulated into energy as the meter does, on a clock that is told the time. */
public final class AccumulatedReadings implements Readings {
    private static final long SECOND = 1_000_000_000L;

    public final Map<String, String> lost = new HashMap<>();
    public final List<String> notes = new ArrayList<>();
    public int failures;

    private final EnergyProbe probe;
    private final List<CounterAccumulator> energies = new ArrayList<>();
    private long nanoTime;

    public AccumulatedReadings(EnergyProbe probe) {
        this.probe = probe;
        for (EnergyDomain domain : probe.domains()) {
            energies.add(new CounterAccumulator(
                    ((Sensor.Counter) domain.sensor()).rangeMicrojoules(), PlausiblePower.microwatts(domain)));
        }
    }

    public void readAt(long seconds) {
        nanoTime = seconds * SECOND;
        probe.read(this);
    }

    public long microjoules(String device) {
        return energyOf(device).cumulativeMicrojoules();
    }

    public long lostSeconds(String device) {
        return energyOf(device).lostNanos() / SECOND;
    }

    @Override
    public long nanoTime() {
        return nanoTime;
    }

    @Override
    public boolean wants(int domain) {
        return true;
    }

    @Override
    public void earlier(int domain, long nanos, long microjoules) {
        energies.get(domain).accept(nanos, microjoules);
    }

    @Override
    public void counter(int domain, long beforeNanos, long afterNanos, long microjoules) {
        energies.get(domain).accept(beforeNanos, microjoules);
    }

    @Override
    public void power(int domain, long beforeNanos, long afterNanos, long microwatts) {
        throw new AssertionError("a counter hands over no power");
    }

    @Override
    public void check(int domain, long beforeNanos, long afterNanos, long microwatts) {
        throw new AssertionError("this counter has no power beside it");
    }

    @Override
    public void failed(int domain) {
        failures++;
    }

    @Override
    public void note(int domain, String what) {
        notes.add(what);
    }

    @Override
    public void lost(int domain, String reason) {
        energies.get(domain).restarted();
        lost.put(probe.domains().get(domain).device(), reason);
    }

    private CounterAccumulator energyOf(String device) {
        for (int domain = 0; domain < energies.size(); domain++) {
            if (probe.domains().get(domain).device().equals(device)) {
                return energies.get(domain);
            }
        }
        throw new AssertionError("no such device: " + device);
    }
}
