/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import dev.wattle.core.energy.EnergyUnits;
import java.time.Instant;
import java.util.Map;

/**
 * The sums over the runs of a row, or over all runs. Immutable.
 *
 * @param name the row's name
 * @param microjoules their energy, with overlaps counted once
 * @param microjoulesByQuality the same energy by quality, best first, without qualities that no run has
 * @param processMicrojoules the JVMs' own shares of that energy, where they are known
 * @param recordedMicrojoules the energy as the runs recorded it, each for itself
 * @param co2eGrams the CO2e of the energy of those runs whose carbon intensity is known, in grams
 * @param runs the number of runs, killed ones included
 * @param killed the number of runs without a summary: killed, or still running
 * @param withoutCo2e the number of runs whose CO2e is unknown
 * @param seconds the sum of their durations
 * @param firstStart when the first of them started
 */
public record LedgerRow(
        String name,
        long microjoules,
        Map<String, Long> microjoulesByQuality,
        long processMicrojoules,
        long recordedMicrojoules,
        double co2eGrams,
        long runs,
        long killed,
        long withoutCo2e,
        double seconds,
        Instant firstStart) {

    /** The energy in kWh. */
    public double kwh() {
        return EnergyUnits.kwh(microjoules);
    }
}
