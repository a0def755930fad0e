/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.Suspicion;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a probe's domains, in the probe's order. Reports a domain whose readings are not believed, and replaces its
 * meter if its power can be integrated instead. For the thread that reads, except {@link #meters()}.
 */
final class ProbeDomains {

    private final String probe;
    private final Consumer<String> log;
    private final boolean[] suspicionReported;
    private final Optional<OwnershipMonitor> ownershipMonitor;
    private volatile List<DomainMeter> meters;
    private @Nullable DomainRegistry registry;

    ProbeDomains(EnergyProbe probe, SamplingClock clock, long maxGapNanos, Consumer<String> log) {
        this.probe = probe.name();
        this.log = log;
        this.meters = probe.domains().stream()
                .map(domain -> new DomainMeter(domain, clock, maxGapNanos))
                .toList();
        this.suspicionReported = new boolean[meters.size()];
        this.ownershipMonitor = OwnershipMonitor.of(probe, meters, log);
    }

    /** The meters now; for any thread. */
    List<DomainMeter> meters() {
        return meters;
    }

    int size() {
        return suspicionReported.length;
    }

    DomainMeter get(int domain) {
        return meters.get(domain);
    }

    /** The device and the probe, for a message. */
    String nameOf(int domain) {
        return get(domain).domain().device() + " (" + probe + ")";
    }

    /** Looks after the ownership of the domains; empty if all belong to the machine as a whole. */
    Optional<OwnershipMonitor> ownershipMonitor() {
        return ownershipMonitor;
    }

    /** How this JVM uses the domains; none if all belong to the machine as a whole. */
    List<DeviceOwnership> ownerships() {
        return ownershipMonitor.map(OwnershipMonitor::ownerships).orElse(List.of());
    }

    /** Reports suspect domains and successors to this registry from now on. */
    void reportTo(DomainRegistry newRegistry) {
        registry = newRegistry;
    }

    void maxGap(long nanos) {
        for (DomainMeter meter : meters) {
            meter.maxGap(nanos);
        }
    }

    /** Acts on the readings that have just been taken. */
    void afterReading() {
        for (int domain = 0; domain < size(); domain++) {
            DomainMeter meter = get(domain);
            meter.announceFirstReading(log);
            if (!suspicionReported[domain] && meter.suspicion().isPresent()) {
                reportSuspicion(domain, "its readings are not believed");
            }
            if (meter.isSuperseded() && !meter.isRetired()) {
                meter.retire();
            }
        }
    }

    /** Meters a domain by its power from now on, since its counter cannot be right. */
    void replaceByPower(int domain) {
        DomainMeter counter = get(domain);
        DomainMeter successor = counter.successor();
        counter.retire();
        reportSuspicion(domain, "its power is integrated instead");
        List<DomainMeter> changed = new ArrayList<>(meters);
        changed.set(domain, successor);
        meters = List.copyOf(changed);
        if (registry != null) {
            List<DeviceOwnership> ownership = ownershipMonitor
                    .map(monitor -> List.of(monitor.addSuccessor(domain, successor)))
                    .orElse(List.of());
            registry.joinSuccessor(successor, probe, ownership);
        }
        successor.announceFirstReading(log);
    }

    /** Decides what was left open; no reading follows. */
    void finish() {
        for (int domain = 0; domain < size(); domain++) {
            if (get(domain).checkLast()) {
                replaceByPower(domain);
            }
        }
        meters.forEach(DomainMeter::finish);
    }

    private void reportSuspicion(int domain, String consequence) {
        suspicionReported[domain] = true;
        DomainMeter meter = get(domain);
        String reason = meter.suspicion().map(Suspicion::reason).orElse("");
        log.accept(nameOf(domain) + " is suspect: " + reason + "; " + consequence);
        if (registry != null) {
            registry.suspect(meter);
        }
    }
}
