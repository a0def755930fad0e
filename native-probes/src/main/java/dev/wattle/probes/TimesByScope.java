/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.sampling.ProcessorTimes;
import dev.wattle.probes.load.CpuTimes;
import dev.wattle.probes.model.QuotaCpuTimes;
import java.util.function.DoubleSupplier;

/**
 * This process's processor time, and that of the machine; or of the processors allocated to a container, while only those
 * are metered.
 *
 * <p>When one changes into the other, the machine's time jumps. The share of that interval is then wrong, but at most 1.
 * Used by one thread.
 */
final class TimesByScope implements ProcessorTimes {
    private final CpuTimes machine;
    private final DoubleSupplier allocatedCpus;
    private ProcessorTimes current;
    private double cpus;

    /** @param allocatedCpus the container's processors while only those are metered, else 0 */
    TimesByScope(CpuTimes machine, DoubleSupplier allocatedCpus) {
        this.machine = machine;
        this.allocatedCpus = allocatedCpus;
        this.current = machine;
    }

    @Override
    public boolean refresh() {
        double now = allocatedCpus.getAsDouble();
        if (now != cpus) {
            cpus = now;
            current = cpus > 0 ? QuotaCpuTimes.ofContainer(machine, cpus) : machine;
        }
        return current.refresh();
    }

    @Override
    public long processNanos() {
        return current.processNanos();
    }

    @Override
    public long machineTotalNanos() {
        return current.machineTotalNanos();
    }
}
