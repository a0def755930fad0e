/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.probes.SourceSearch;

/**
 * Has the model take over where no counter of the processors is believed any longer. It models all processors of the
 * machine, so that one counter that is believed keeps it away; and their memory, so that memory counters end with them.
 * Thread-safe.
 */
final class ModelSelection {

    private final SourceSearch search;
    private final EnergyMeter meter;
    private boolean asked;

    private ModelSelection(SourceSearch search, EnergyMeter meter) {
        this.search = search;
        this.meter = meter;
    }

    static void watch(SourceSearch search, EnergyMeter meter) {
        meter.whenSuspect(new ModelSelection(search, meter)::suspect);
    }

    private synchronized void suspect(DomainMeter domain) {
        boolean believed = meter.domains().stream().anyMatch(ModelSelection::isBelievedProcessor);
        if (domain.domain().component() == Component.CPU && !believed && !asked) {
            asked = true;
            if (search.standInForCounters(meter::join)) {
                meter.domains().stream().filter(ModelSelection::isModelledToo).forEach(DomainMeter::supersede);
            }
        }
    }

    private static boolean isBelievedProcessor(DomainMeter meter) {
        return meter.domain().component() == Component.CPU
                && !meter.isRetired()
                && meter.suspicion().isEmpty();
    }

    private static boolean isModelledToo(DomainMeter meter) {
        return meter.domain().component() != Component.GPU && meter.domain().quality() != Quality.MODELLED;
    }
}
