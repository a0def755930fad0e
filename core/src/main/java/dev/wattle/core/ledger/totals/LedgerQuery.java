/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which runs of a ledger are counted, and how. Immutable.
 *
 * @param grouping by what they are grouped into rows
 * @param since only runs that started at this moment or later
 * @param until only runs that started before this moment
 * @param project only runs of this project
 * @param gramsPerKwh another carbon intensity for all runs, in grams of CO2e per kWh
 * @param pue another PUE for all runs
 */
public record LedgerQuery(
        Grouping grouping,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> project,
        OptionalDouble gramsPerKwh,
        OptionalDouble pue) {

    /** All runs, with their own carbon settings. */
    public static LedgerQuery all(Grouping grouping) {
        return new LedgerQuery(
                grouping,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
