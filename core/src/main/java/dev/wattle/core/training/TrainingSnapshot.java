/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import java.util.List;

/**
 * What is known of all trainings at one moment.
 *
 * <p>The energies of {@code phases} add up to the run's, domain by domain, to the microjoule. What is not known to be of one
 * phase yet is {@link Phase#PENDING}; the others never fall.
 *
 * @param trainings the latest trainings that had an epoch or an iteration, oldest first
 * @param forgotten how many older ones are no longer held; their energy is in the phases
 * @param phases the run's energy by framework and phase
 * @param dropped boundaries that were lost because too many came at once
 */
public record TrainingSnapshot(List<TrainingRecord> trainings, int forgotten, List<PhaseEnergy> phases, long dropped) {

    /** Before anything is known. */
    public static final TrainingSnapshot NONE = new TrainingSnapshot(List.of(), 0, List.of(), 0);
}
