/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import dev.wattle.core.probe.EnergyDomain;
import java.util.Map;

/**
 * What a framework used in one phase.
 *
 * @param framework its label's value, or {@link #NO_FRAMEWORK} outside
 * @param microjoules by domain of this run
 */
public record PhaseEnergy(String framework, Phase phase, Map<EnergyDomain, Long> microjoules) {

    /** The label of time in which no framework was at work. */
    public static final String NO_FRAMEWORK = "none";

    /** Over all domains, in microjoules. */
    public long totalMicrojoules() {
        return DomainEnergies.total(microjoules);
    }
}
