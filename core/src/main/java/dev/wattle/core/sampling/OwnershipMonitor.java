/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.DeviceUsage;
import dev.wattle.core.probe.EnergyProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks now and then who uses the accelerators of one probe: after one second, two, four and eight, and then every ten,
 * since a look makes the driver search its process lists. For the sampling thread.
 */
final class OwnershipMonitor {

    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long PERIOD_NANOS = 10_000_000_000L;

    private final DeviceUsage usage;
    private final List<DeviceOwnership> ownerships;
    private final Consumer<String> log;
    private boolean begun;
    private boolean failed;
    private long lookedNanos;
    private long waitNanos = FIRST_NANOS;

    private OwnershipMonitor(DeviceUsage usage, List<DeviceOwnership> ownerships, Consumer<String> log) {
        this.usage = usage;
        this.ownerships = ownerships;
        this.log = log;
    }

    /** @param meters those of the probe's domains, in their order */
    static List<OwnershipMonitor> of(EnergyProbe probe, List<DomainMeter> meters, Consumer<String> log) {
        return probe.deviceUsage().stream()
                .map(usage -> {
                    List<DeviceOwnership> ownerships = new ArrayList<>();
                    for (int domain = 0; domain < meters.size(); domain++) {
                        ownerships.add(new DeviceOwnership(usage, domain, meters.get(domain)));
                    }
                    return new OwnershipMonitor(usage, ownerships, log);
                })
                .toList();
    }

    /** A domain that takes over from another is used as that was. */
    DeviceOwnership follow(int domain, DomainMeter successor) {
        DeviceOwnership ownership = new DeviceOwnership(usage, domain, successor);
        ownerships.add(ownership);
        return ownership;
    }

    List<DeviceOwnership> ownerships() {
        return ownerships;
    }

    void everySecond(long nowNanos) {
        if (!begun) {
            begun = true;
            lookedNanos = nowNanos;
        }
        for (int i = 0; i < ownerships.size(); i++) {
            ownerships.get(i).everySecond(nowNanos);
        }
        if (nowNanos - lookedNanos >= waitNanos) {
            lookedNanos = nowNanos;
            waitNanos = Math.min(2 * waitNanos, PERIOD_NANOS);
            look();
        }
    }

    void finish() {
        look();
        for (int i = 0; i < ownerships.size(); i++) {
            ownerships.get(i).settle();
        }
    }

    private void look() {
        try {
            usage.refresh();
            for (int i = 0; i < ownerships.size(); i++) {
                ownerships.get(i).looked();
            }
        } catch (Throwable e) {
            if (!failed) {
                failed = true;
                log.accept("who uses the accelerators is not known: " + e);
            }
        }
    }
}
