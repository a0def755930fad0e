/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.DeviceUsage;
import dev.wattle.core.probe.EnergyProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks which processes use the devices of one probe: after one, two, four and eight seconds, and then every ten. A check
 * makes the driver search its process lists, which is too expensive for every second. For the thread that reads.
 */
final class OwnershipMonitor {

    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long MAX_PERIOD_NANOS = 10_000_000_000L;

    private final DeviceUsage usage;
    private final List<DeviceOwnership> ownerships;
    private final Consumer<String> log;
    private boolean started;
    private boolean failed;
    private long checkedNanos;
    private long periodNanos = FIRST_NANOS;

    private OwnershipMonitor(DeviceUsage usage, List<DeviceOwnership> ownerships, Consumer<String> log) {
        this.usage = usage;
        this.ownerships = ownerships;
        this.log = log;
    }

    /**
     * The monitor of a probe; empty if the probe's domains belong to the machine as a whole.
     *
     * @param meters of the probe's domains, in their order
     */
    static Optional<OwnershipMonitor> of(EnergyProbe probe, List<DomainMeter> meters, Consumer<String> log) {
        return probe.deviceUsage().map(usage -> {
            List<DeviceOwnership> ownerships = new ArrayList<>();
            for (int domain = 0; domain < meters.size(); domain++) {
                ownerships.add(new DeviceOwnership(usage, domain, meters.get(domain)));
            }
            return new OwnershipMonitor(usage, ownerships, log);
        });
    }

    /** Adds the successor of a domain: the same device, used in the same way. */
    DeviceOwnership addSuccessor(int domain, DomainMeter successor) {
        DeviceOwnership ownership = new DeviceOwnership(usage, domain, successor);
        ownerships.add(ownership);
        return ownership;
    }

    List<DeviceOwnership> ownerships() {
        return ownerships;
    }

    /** Charges the energy of the last second, and checks the usage if that is due. */
    void everySecond(long nowNanos) {
        if (!started) {
            started = true;
            checkedNanos = nowNanos;
        }
        for (int i = 0; i < ownerships.size(); i++) {
            ownerships.get(i).everySecond(nowNanos);
        }
        if (nowNanos - checkedNanos >= periodNanos) {
            checkedNanos = nowNanos;
            periodNanos = Math.min(2 * periodNanos, MAX_PERIOD_NANOS);
            check();
        }
    }

    /** Checks the usage a last time and charges all energy. */
    void finish() {
        check();
        for (int i = 0; i < ownerships.size(); i++) {
            ownerships.get(i).settle();
        }
    }

    private void check() {
        try {
            usage.refresh();
            for (int i = 0; i < ownerships.size(); i++) {
                ownerships.get(i).update();
            }
        } catch (Throwable e) {
            if (!failed) {
                failed = true;
                log.accept("who uses the accelerators is not known: " + e);
            }
        }
    }
}
