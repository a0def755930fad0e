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
 * <p>Of the energy of each stretch, the JVM is charged the part that its processor time is of all the processors' time,
 * idle included. The energy of idle processors is therefore charged to nobody, and the shares of all processes plus the
 * idle part make the machine. Processor time knows nothing of frequency, of threads that share a core, or of wide vector
 * units: the share is an attribution, not a measurement.
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

    /** @param domains those that are there; others {@linkplain #join join} */
    ProcessShare(ProcessorTimes times, List<DomainMeter> domains) {
        this.times = times;
        domains.forEach(this::join);
    }

    /** Shares out a domain from now on, if it is a processor's. */
    final synchronized void join(DomainMeter domain) {
        if (domain.domain().component() == Component.CPU) {
            List<AttributedEnergy> more = new ArrayList<>(shares);
            more.add(new AttributedEnergy(domain));
            shares = List.copyOf(more);
        }
    }

    /** The domains that are shared out: those of the processors. A later list begins with an earlier one. */
    public List<DomainMeter> processors() {
        return shares.stream().map(AttributedEnergy::domain).toList();
    }

    /** Whether the share is known: processor times can be read and a stretch has passed. */
    public boolean isKnown() {
        return known;
    }

    /** This JVM's share of one of {@link #processors()}, in microjoules; never decreases. */
    public long microjoules(int processor) {
        return shares.get(processor).microjoules();
    }

    void update() {
        if (!times.refresh()) {
            return;
        }
        long process = times.processNanos() - lastProcessNanos;
        long machine = times.machineTotalNanos() - lastMachineNanos;
        if (based && machine == 0) {
            return;
        }
        // A virtual machine that was restored may count anew; what was used on the way there is charged to nobody.
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
