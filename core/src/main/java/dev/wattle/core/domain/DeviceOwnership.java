/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.probe.DeviceUsage;
import dev.wattle.core.probe.DeviceUsage.Use;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How this JVM uses one accelerator, and which part of its energy belongs to this JVM.
 *
 * <p>While the use is only assumed, the energy is held back for a minute, since a program takes its accelerators seconds
 * after its start. It is charged when the device turns out to be this JVM's or the minute has passed, and never if the device
 * turns out to be another program's.
 *
 * <p>The thread that reads writes, any thread reads.
 */
public final class DeviceOwnership {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final DeviceUsage usage;
    private final int index;
    private final AttributedEnergy energy;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong wholeMicrojoules = new AtomicLong();
    private final AtomicLong splitMicrojoules = new AtomicLong();
    private volatile Use use;
    private volatile String rule;
    private double share;
    private boolean started;
    private long startNanos;

    /**
     * @param usage of the devices of the domain's probe
     * @param index of the domain in its probe
     */
    public DeviceOwnership(DeviceUsage usage, int index, DomainMeter domain) {
        this.usage = usage;
        this.index = index;
        this.energy = new AttributedEnergy(domain);
        this.use = usage.use(index);
        this.share = usage.share(index);
        this.rule = usage.rule(index);
    }

    /** The device's domain. */
    public DomainMeter domain() {
        return energy.domain();
    }

    /** How this JVM uses the device. */
    public Use use() {
        return use;
    }

    /** Whether the device's energy belongs to this run; that of other programs' devices is reported apart. */
    public boolean isOurs() {
        return use != Use.OTHERS;
    }

    /** How the use was determined, for a person. */
    public String rule() {
        return rule;
    }

    /** This JVM's part of the energy, in microjoules; never decreases. */
    public long microjoules() {
        return wholeMicrojoules.get() + splitMicrojoules.get();
    }

    /** The part of {@link #microjoules()} from times when the device was this JVM's alone; never decreases. */
    public long wholeMicrojoules() {
        return wholeMicrojoules.get();
    }

    /** The part of {@link #microjoules()} that comes from splitting the device's energy, a model; never decreases. */
    public long splitMicrojoules() {
        return splitMicrojoules.get();
    }

    /** Runs the action whenever {@link #use()} has changed, on the thread that reads. */
    public void whenChanged(Runnable action) {
        listeners.add(action);
    }

    /** Charges the energy since the last call, unless each check of the usage changes the share. */
    public void everySecond(long nowNanos) {
        if (!started) {
            started = true;
            startNanos = nowNanos;
        }
        boolean held = use == Use.ASSUMED && energy.microjoules() == 0 && nowNanos - startNanos < PATIENCE_NANOS;
        if (!held && use != Use.SHARED) {
            charge();
        }
    }

    /** Takes the result of a check of the usage. A share that changes is that of the time since the check before. */
    public void update() {
        Use before = use;
        use = usage.use(index);
        share = usage.share(index);
        rule = usage.rule(index);
        if (use == Use.SHARED) {
            charge();
        }
        if (use != before) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Charges at the end what is still held back: no other program is known to use the device. */
    public void settle() {
        charge();
    }

    private void charge() {
        long before = energy.microjoules();
        energy.charge(share);
        AtomicLong part = use == Use.SHARED || use == Use.PARTITION ? splitMicrojoules : wholeMicrojoules;
        part.lazySet(part.get() + energy.microjoules() - before);
    }
}
