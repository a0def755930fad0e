/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import dev.wattle.core.boundary.Phase;
import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import java.util.Map;

/**
 * What a framework used in one phase.
 *
 * @param framework its tag; {@link #NO_FRAMEWORK} outside of trainings and where it is not known yet
 * @param microjoules by domain of this run
 */
public record PhaseEnergy(String framework, Phase phase, Map<EnergyDomain, Long> microjoules) {

    /** The tag of time in which no framework was active. */
    public static final String NO_FRAMEWORK = "none";

    /** Over the domains of a component, in microjoules. */
    long microjoules(Component component) {
        long sum = 0;
        for (Map.Entry<EnergyDomain, Long> part : microjoules.entrySet()) {
            sum += part.getKey().component() == component ? part.getValue() : 0;
        }
        return sum;
    }

    /** Over all domains, in microjoules. */
    public long totalMicrojoules() {
        return EnergySums.total(microjoules);
    }
}
