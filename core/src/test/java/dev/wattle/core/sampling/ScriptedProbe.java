/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.FakeClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A probe that reads what the test says: a value for each domain, silence, a failure, or an exception. */
public final class ScriptedProbe implements EnergyProbe {

    public final long[] values;
    final boolean[] broken;
    final boolean[] silent;
    final int[] asked;
    long callNanos = 2_000;

    @Nullable
    RuntimeException thrown;

    int closed;
    int reads;
    public Runnable onRead = () -> {};

    private final FakeClock clock;
    private final List<EnergyDomain> domains;

    public ScriptedProbe(FakeClock clock, EnergyDomain... domains) {
        this.clock = clock;
        this.domains = List.of(domains);
        this.values = new long[domains.length];
        this.broken = new boolean[domains.length];
        this.silent = new boolean[domains.length];
        this.asked = new int[domains.length];
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public List<EnergyDomain> domains() {
        return domains;
    }

    @Override
    public void read(Readings into) {
        reads++;
        onRead.run();
        for (int domain = 0; domain < values.length; domain++) {
            if (into.wants(domain)) {
                asked[domain]++;
                read(domain, into);
            }
        }
    }

    @Override
    public void close() {
        closed++;
    }

    private void read(int domain, Readings into) {
        if (thrown != null) {
            throw thrown;
        }
        long before = into.nanoTime();
        clock.advance(callNanos);
        long after = into.nanoTime();
        if (broken[domain]) {
            into.failed(domain);
        } else if (silent[domain]) {
            into.silent(domain);
        } else if (domains.get(domain).sensor() instanceof Sensor.Counter) {
            into.counter(domain, before, after, values[domain]);
        } else {
            into.power(domain, before, after, values[domain]);
        }
    }
}
