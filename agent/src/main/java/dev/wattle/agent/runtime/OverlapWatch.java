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
 * Has no hardware metered twice where a source that answered late tells of what another is metered by already. Thread-safe.
 */
final class OverlapWatch {

    private final EnergyMeter meter;
    private final Consumer<String> log;
    private final Set<DomainMeter> ended = new HashSet<>();

    private OverlapWatch(EnergyMeter meter, Consumer<String> log) {
        this.meter = meter;
        this.log = log;
    }

    static void watch(EnergyMeter meter, Consumer<String> log) {
        OverlapWatch watch = new OverlapWatch(meter, log);
        meter.whenJoined(joined -> watch.look());
    }

    private synchronized void look() {
        List<DomainMeter> metered = meter.domains().stream()
                .filter(domain -> !domain.isRetired() && !ended.contains(domain))
                .toList();
        for (DomainMeter domain : metered) {
            Overlap.holderOf(
                            domain.domain(),
                            metered.stream().map(DomainMeter::domain).toList())
                    .ifPresent(holder -> {
                        ended.add(domain);
                        domain.supersede();
                        log.accept(domain.domain().device() + " is not metered from here on: the energy of "
                                + holder.device() + " holds its");
                    });
        }
    }
}
