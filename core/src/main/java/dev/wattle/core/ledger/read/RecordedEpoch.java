/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.time.Instant;
import java.util.Map;

/**
 * An epoch of a recorded run, or several that share a line. Immutable.
 *
 * @param training the number of its training in the run, from 1
 * @param framework {@code dl4j}, {@code djl}, {@code samediff} or {@code custom}
 * @param first the number of the first epoch, from 1
 * @param last the number of the last one
 * @param began when it started
 * @param seconds how long it took
 * @param microjoules its energy over all devices
 * @param sinceLastMicrojoules what the training used between the epoch before and this one, besides
 * @param co2eGrams its CO2e; NaN where it is not recorded
 * @param iterations its iterations
 * @param samples the samples it has seen
 * @param loss its loss; NaN where it has none
 * @param metrics further metrics by name; finite
 */
public record RecordedEpoch(
        int training,
        String framework,
        long first,
        long last,
        Instant began,
        double seconds,
        long microjoules,
        long sinceLastMicrojoules,
        double co2eGrams,
        long iterations,
        long samples,
        double loss,
        Map<String, Double> metrics) {}
