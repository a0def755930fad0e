/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTotals;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import java.util.List;
import java.util.Map;

/**
 * What is known of all trainings at one moment.
 *
 * <p>The energies of {@code phases} add up to {@code microjoules}, domain by domain, to the microjoule; what is not known yet
 * to belong to a phase is {@link Phase#PENDING}. From one snapshot of a run to the next, all but that one only
 * grow.
 *
 * @param trainings the latest trainings that had an epoch or an iteration, oldest first
 * @param forgotten how many older ones are no longer held; their energy is in the phases
 * @param microjoules the run's energy, by domain that was read
 * @param phases the run's energy by framework and phase
 * @param frameworks what each loaded framework did
 * @param dropped boundaries that were lost because too many came at once
 */
public record TrainingSnapshot(
        List<TrainingRecord> trainings,
        int forgotten,
        Map<EnergyDomain, Long> microjoules,
        List<PhaseEnergy> phases,
        Map<Framework, FrameworkTotals> frameworks,
        long dropped) {

    /** Before anything is known. */
    public static final TrainingSnapshot NONE = new TrainingSnapshot(List.of(), 0, Map.of(), List.of(), Map.of(), 0);

    /** What a framework did, whether it is loaded or not. */
    public FrameworkTotals totals(Framework framework) {
        return frameworks.getOrDefault(framework, FrameworkTotals.NONE);
    }

    /** The energy of one phase of a framework, over the domains of a component, in microjoules. */
    public long microjoules(String framework, Phase phase, Component component) {
        long sum = 0;
        for (PhaseEnergy part : phases) {
            if (part.phase() == phase && part.framework().equals(framework)) {
                sum += part.microjoules(component);
            }
        }
        return sum;
    }
}
