/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.AttributedEnergy;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Component;
import java.util.ArrayList;
import java.util.List;

/**
 * This JVM's share of the processors' energy.
 *
 * <p>The share of each second is the JVM's processor time over the time of all logical processors, idle time included. The
 * energy of idle processors is therefore charged to no process: the shares of all processes and the idle part add up to the
 * machine. Processor time ignores frequency, threads that share a core, and wide vector units, so the share is an
 * attribution, not a measurement.
 *
 * <p>The sampling thread writes, any thread reads.
 */
public final class ProcessShare {

    private final ProcessorTimes times;
    private volatile List<AttributedEnergy> shares = List.of();
    private volatile boolean known;
    private boolean based;
    private long lastProcessNanos;
    private long lastMachineNanos;

    /** @param domains the domains so far; others {@linkplain #join join} */
    ProcessShare(ProcessorTimes times, List<DomainMeter> domains) {
        this.times = times;
        domains.forEach(this::join);
    }

    /** Charges part of a domain's energy from now on, if it is a processor's; for any thread. */
    final synchronized void join(DomainMeter domain) {
        if (domain.domain().component() == Component.CPU) {
            List<AttributedEnergy> more = new ArrayList<>(shares);
            more.add(new AttributedEnergy(domain));
            shares = List.copyOf(more);
        }
    }

    /** The processors' domains. A later list starts with the domains of an earlier one. */
    public List<DomainMeter> processors() {
        return shares.stream().map(AttributedEnergy::domain).toList();
    }

    /** Whether the share is known: processor times were read twice. */
    public boolean isKnown() {
        return known;
    }

    /** This JVM's share of one of {@link #processors()}, in microjoules; never decreases. */
    public long microjoules(int processor) {
        return shares.get(processor).microjoules();
    }

    /** Charges the energy since the last call. */
    void update() {
        if (!times.refresh()) {
            return;
        }
        long process = times.processNanos() - lastProcessNanos;
        long machine = times.machineTotalNanos() - lastMachineNanos;
        if (based && machine == 0) {
            return;
        }
        // A restored virtual machine may restart its count; the energy until then is charged to no process.
        double part = based && machine > 0 ? Math.min(1.0, Math.max(0.0, (double) process / machine)) : 0.0;
        List<AttributedEnergy> charged = shares;
        for (int i = 0; i < charged.size(); i++) {
            charged.get(i).charge(part);
        }
        known = based;
        based = true;
        lastProcessNanos = times.processNanos();
        lastMachineNanos = times.machineTotalNanos();
    }
}
