/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.probe.EnergyDomain;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of one training: all that was done to one model or by one trainer.
 *
 * @param training its number, from 1
 * @param name what the program calls it; empty for a framework's
 * @param plannedEpochs how many epochs it is to have, 0 where nothing says
 * @param started when it was first seen
 * @param epochs its ended epochs, oldest first; old ones merged where there are very many
 * @param epochsDone how many epochs have ended
 * @param iterations updates of the weights, in epochs or not
 * @param samples the samples of their batches, as far as known
 * @param epochIterations iterations of the open epochs, 0 between epochs
 * @param corners after which epoch the curve of the whole training has its knee, by metric; without the last epoch
 * @param microjoules its energy by phase, over all domains of this run; without that of trainings inside its epochs
 * @param insideMicrojoules what trainings inside its epochs used, in their figures and in none of its own phases
 * @param domains those whose energy is in its figures
 * @param incomplete whether some of its boundaries were lost: its figures may be off
 * @param working whether it was active when this was made
 * @param ended whether no more of the planned epochs are to come: the fit that planned them is over, or its trainer closed
 * @param work what the program reported of its tokens and operations
 */
public record TrainingRecord(
        int training,
        Framework framework,
        String name,
        int plannedEpochs,
        Instant started,
        List<EpochRecord> epochs,
        int epochsDone,
        long iterations,
        long samples,
        long epochIterations,
        Map<String, Integer> corners,
        Map<Phase, Long> microjoules,
        long insideMicrojoules,
        Set<EnergyDomain> domains,
        boolean incomplete,
        boolean working,
        boolean ended,
        ReportedWork work) {}
