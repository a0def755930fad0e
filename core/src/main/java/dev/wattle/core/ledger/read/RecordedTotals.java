/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.time.Instant;
import java.util.Map;

/**
 * The totals of a recorded run at its end, or at its last checkpoint. Energies are whole microjoules, 0 or more. Immutable.
 *
 * @param at the moment they describe
 * @param seconds the time since the run started
 * @param microjoules the energy by device; its sum is the run's
 * @param microjoulesByQuality the same energy by quality; its sum is the run's
 * @param processMicrojoules the JVM's own share by component; without a component whose share is unknown
 * @param co2eGrams as the run computed it, or NaN where neither it nor a carbon intensity is recorded
 * @param iterations by framework
 */
public record RecordedTotals(
        Instant at,
        double seconds,
        Map<String, Long> microjoules,
        Map<String, Long> microjoulesByQuality,
        Map<String, Long> processMicrojoules,
        double co2eGrams,
        Map<String, Long> iterations) {}
