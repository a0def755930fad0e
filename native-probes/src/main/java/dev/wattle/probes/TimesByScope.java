/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.sampling.ProcessorTimes;
import dev.wattle.probes.load.CpuTimes;
import dev.wattle.probes.model.QuotaCpuTimes;
import java.util.function.DoubleSupplier;

/**
 * Processor time against that of the machine, or of the processors a container was given while only those are metered.
 *
 * <p>Where one turns into the other the machine's time jumps, and the stretch in which it does is charged by whatever the
 * jump makes of it, at most whole. Used by one thread.
 */
final class TimesByScope implements ProcessorTimes {
    private final CpuTimes machine;
    private final DoubleSupplier allottedCpus;
    private ProcessorTimes current;
    private double cpus;

    /** @param allottedCpus the container's processors while only those are metered, else 0 */
    TimesByScope(CpuTimes machine, DoubleSupplier allottedCpus) {
        this.machine = machine;
        this.allottedCpus = allottedCpus;
        this.current = machine;
    }

    @Override
    public boolean refresh() {
        double now = allottedCpus.getAsDouble();
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
