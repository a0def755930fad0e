/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A probe that reads until another source meters the same hardware, once more then, and retires. Used by one thread. */
final class StandInProbe implements EnergyProbe {
    private final EnergyProbe probe;
    private final BooleanSupplier superfluous;
    private boolean retired;

    StandInProbe(EnergyProbe probe, BooleanSupplier superfluous) {
        this.probe = probe;
        this.superfluous = superfluous;
    }

    @Override
    public String name() {
        return probe.name();
    }

    @Override
    public List<EnergyDomain> domains() {
        return probe.domains();
    }

    @Override
    public long minPeriodNanos() {
        return probe.minPeriodNanos();
    }

    @Override
    public void read(Readings into) {
        if (retired) {
            return;
        }
        probe.read(into);
        if (superfluous.getAsBoolean()) {
            retired = true;
            for (int domain = 0; domain < probe.domains().size(); domain++) {
                into.retired(domain);
            }
        }
    }

    @Override
    public void close() {
        probe.close();
    }
}
