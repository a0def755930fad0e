/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.probe.DeviceUsage;
import dev.wattle.core.probe.DeviceUsage.Use;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How this JVM uses one domain that processes are given, an accelerator, and what part of its energy is this JVM's.
 *
 * <p>A domain that was once found in use by this JVM stays its own for the whole run. While nobody could tell, the energy
 * is held back for a minute, since a program takes its accelerators seconds after its start; it is charged when the
 * domain turns out to be this JVM's, or when the minute has passed, and never when it turns out to be someone else's. The
 * sampling thread writes, any thread reads.
 */
public final class DeviceOwnership {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final DeviceUsage usage;
    private final int index;
    private final AttributedEnergy energy;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong whole = new AtomicLong();
    private final AtomicLong split = new AtomicLong();
    private volatile Use use;
    private volatile String rule;
    private double share;
    private boolean begun;
    private long beginNanos;

    public DeviceOwnership(DeviceUsage usage, int index, DomainMeter domain) {
        this.usage = usage;
        this.index = index;
        this.energy = new AttributedEnergy(domain);
        this.use = usage.use(index);
        this.share = usage.share(index);
        this.rule = usage.rule(index);
    }

    /** The domain. */
    public DomainMeter domain() {
        return energy.domain();
    }

    /** How this JVM uses it. */
    public Use use() {
        return use;
    }

    /** Whether its energy belongs to this run; energy of others' accelerators is shown apart. */
    public boolean isOurs() {
        return use != Use.OTHERS;
    }

    /** How its use was found out, for a person. */
    public String rule() {
        return rule;
    }

    /** This JVM's part of its energy, in microjoules; never decreases. */
    public long microjoules() {
        return whole.get() + split.get();
    }

    /** How much of {@link #microjoules()} does not come from splitting the domain; never decreases. */
    public long wholeMicrojoules() {
        return whole.get();
    }

    /** How much of {@link #microjoules()} comes from splitting the domain, which is a model; never decreases. */
    public long splitMicrojoules() {
        return split.get();
    }

    /** Runs the action when {@link #use()} changes, on the sampling thread. */
    public void whenChanged(Runnable action) {
        listeners.add(action);
    }

    /** Charges what was used since the last call, where the share does not change from look to look. */
    public void everySecond(long nowNanos) {
        if (!begun) {
            begun = true;
            beginNanos = nowNanos;
        }
        boolean held = use == Use.ASSUMED && energy.microjoules() == 0 && nowNanos - beginNanos < PATIENCE_NANOS;
        if (!held && use != Use.SHARED) {
            charge();
        }
    }

    /** Takes over what a look came to. A share that changes is of the time since the look before. */
    public void looked() {
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

    /** Metering ends: what is still held back is charged to this JVM, as nobody else is known. */
    public void settle() {
        charge();
    }

    private void charge() {
        long before = energy.microjoules();
        energy.charge(share);
        AtomicLong part = use == Use.SHARED || use == Use.PARTITION ? split : whole;
        part.lazySet(part.get() + energy.microjoules() - before);
    }
}
