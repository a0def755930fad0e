/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import dev.wattle.core.energy.EnergyUnits;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums up runs. Not thread-safe. */
final class RowSums {

    private final LedgerQuery query;
    private final long[] byQuality = new long[LedgerQuality.values().length];
    private long microjoules;
    private long recorded;
    private long process;
    private double co2eGrams;
    private long runs;
    private long killed;
    private long withoutCo2e;
    private double seconds;
    private Instant firstStart = Instant.MAX;

    RowSums(LedgerQuery query) {
        this.query = query;
    }

    /** Whether the sums stay whole numbers that a long can hold. */
    boolean canAdd(LedgerEntry entry) {
        return recorded + entry.recordedMicrojoules() >= 0 && process + entry.processMicrojoules() >= 0;
    }

    void add(LedgerEntry entry) {
        long attributed = entry.attributedMicrojoules();
        microjoules += attributed;
        recorded += entry.recordedMicrojoules();
        process += entry.processMicrojoules();
        for (int i = 0; i < byQuality.length; i++) {
            byQuality[i] += entry.attributedByQuality()[i];
        }
        double grams = co2eGrams(entry, attributed);
        if (Double.isNaN(grams)) {
            withoutCo2e++;
        } else {
            co2eGrams += grams;
        }
        runs++;
        killed += entry.killed() ? 1 : 0;
        seconds += entry.seconds();
        firstStart = firstStart.isBefore(entry.started()) ? firstStart : entry.started();
    }

    private double co2eGrams(LedgerEntry entry, long attributed) {
        if (query.gramsPerKwh().isEmpty() && query.pue().isEmpty()) {
            return entry.co2eGrams() * entry.attributedPart();
        }
        double pue = query.pue().orElse(entry.pue());
        double intensity = query.gramsPerKwh().orElseGet(entry::gramsPerKwh);
        return EnergyUnits.kwh(attributed) * pue * intensity;
    }

    LedgerRow toRow(String name) {
        Map<String, Long> qualities = new LinkedHashMap<>();
        for (LedgerQuality quality : LedgerQuality.values()) {
            if (byQuality[quality.ordinal()] > 0) {
                qualities.put(quality.tag(), byQuality[quality.ordinal()]);
            }
        }
        return new LedgerRow(
                name,
                microjoules,
                qualities,
                process,
                recorded,
                co2eGrams,
                runs,
                killed,
                withoutCo2e,
                seconds,
                firstStart.equals(Instant.MAX) ? Instant.EPOCH : firstStart);
    }
}
