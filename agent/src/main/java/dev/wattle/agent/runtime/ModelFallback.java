/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.probes.SourceSearch;

/**
 * Starts the model once no processor counter is credible any more. The model covers all processors of the machine, so one
 * credible counter keeps it off; it covers their memory too, so memory counters are superseded with them. Thread-safe.
 */
final class ModelFallback {

    private final SourceSearch search;
    private final EnergyMeter meter;
    private boolean requested;

    private ModelFallback(SourceSearch search, EnergyMeter meter) {
        this.search = search;
        this.meter = meter;
    }

    static void watch(SourceSearch search, EnergyMeter meter) {
        meter.whenSuspect(new ModelFallback(search, meter)::suspect);
    }

    private synchronized void suspect(DomainMeter domain) {
        boolean hasCounter = meter.domains().stream().anyMatch(ModelFallback::isCredibleCounter);
        if (domain.domain().component() == Component.CPU && !hasCounter && !requested) {
            requested = true;
            if (search.standInForCounters(meter::join)) {
                meter.domains().stream().filter(ModelFallback::isCoveredByModel).forEach(DomainMeter::supersede);
            }
        }
    }

    private static boolean isCredibleCounter(DomainMeter meter) {
        return meter.domain().component() == Component.CPU
                && !meter.isRetired()
                && meter.suspicion().isEmpty();
    }

    private static boolean isCoveredByModel(DomainMeter meter) {
        return meter.domain().component() != Component.GPU && meter.domain().quality() != Quality.MODELLED;
    }
}
