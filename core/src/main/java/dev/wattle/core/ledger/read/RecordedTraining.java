/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

/**
 * A training of a recorded run. Immutable.
 *
 * @param training its number in the run, from 1
 * @param framework {@code dl4j}, {@code djl}, {@code samediff} or {@code custom}
 * @param name its name; empty where it has none
 * @param plannedEpochs how many were planned; 0 where that is unknown, as in a run without a summary
 * @param epochs how many were done
 * @param iterations how many were done
 * @param samples how many it has seen
 * @param microjoules its energy over all devices and phases; in a run without a summary, that of its recorded epochs
 * @param quality of its energy; may be empty
 */
public record RecordedTraining(
        int training,
        String framework,
        String name,
        long plannedEpochs,
        long epochs,
        long iterations,
        long samples,
        long microjoules,
        String quality) {}
