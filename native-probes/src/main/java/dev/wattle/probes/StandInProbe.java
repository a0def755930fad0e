/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A probe that retires when another source meters the same hardware, after one more reading. Used by one thread. */
final class StandInProbe implements EnergyProbe {
    private final EnergyProbe probe;
    private final BooleanSupplier isReplaced;
    private boolean retired;

    StandInProbe(EnergyProbe probe, BooleanSupplier isReplaced) {
        this.probe = probe;
        this.isReplaced = isReplaced;
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
        if (isReplaced.getAsBoolean()) {
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
