/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

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
    private final List<DomainMeter> processors;
    private final List<SharedEnergy> shares;
    private volatile boolean known;
    private boolean based;
    private long lastProcessNanos;
    private long lastMachineNanos;

    ProcessShare(ProcessorTimes times, List<DomainMeter> processors) {
        this.times = times;
        this.processors = List.copyOf(processors);
        this.shares = processors.stream().map(SharedEnergy::new).toList();
    }

    /** The domains that are shared out: those of the processors. */
    public List<DomainMeter> processors() {
        return processors;
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
        for (int i = 0; i < shares.size(); i++) {
            shares.get(i).charge(part);
        }
        known = based;
        based = true;
        lastProcessNanos = times.processNanos();
        lastMachineNanos = times.machineTotalNanos();
    }
}
