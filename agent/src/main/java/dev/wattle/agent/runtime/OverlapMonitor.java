/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.probes.Overlap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps hardware from being metered twice: stops a domain whose energy is part of another one's, which may belong to a source
 * that answered late. Thread-safe.
 */
final class OverlapMonitor {

    private final EnergyMeter meter;
    private final Consumer<String> log;
    private final Set<DomainMeter> superseded = new HashSet<>();

    private OverlapMonitor(EnergyMeter meter, Consumer<String> log) {
        this.meter = meter;
        this.log = log;
    }

    static void watch(EnergyMeter meter, Consumer<String> log) {
        OverlapMonitor monitor = new OverlapMonitor(meter, log);
        meter.whenJoined(joined -> monitor.check());
    }

    private synchronized void check() {
        List<DomainMeter> metered = meter.domains().stream()
                .filter(domain -> !domain.isRetired() && !superseded.contains(domain))
                .toList();
        for (DomainMeter domain : metered) {
            Overlap.holderOf(
                            domain.domain(),
                            metered.stream().map(DomainMeter::domain).toList())
                    .ifPresent(holder -> {
                        superseded.add(domain);
                        domain.supersede();
                        log.accept(domain.domain().device() + " is not metered from here on: the energy of "
                                + holder.device() + " holds its");
                    });
        }
    }
}
