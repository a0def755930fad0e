/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.ledger.RunIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A run as its journal describes it. Immutable.
 *
 * @param file its journal
 * @param identity which run it is
 * @param carbon how it turned energy into CO2e; the latest that the journal has, empty where it has none
 * @param devices its devices; a device with two sources, one after the other, is in it twice
 * @param totals its totals at the end, or at the last checkpoint
 * @param ended whether it has a summary; otherwise it was killed, or is still running
 * @param trainings its trainings: from the summary, or from the epochs where there is none
 * @param series its energy over time, where that was asked for; otherwise {@link EnergySeries#NONE}
 * @param damage what is wrong with lines that were left out, as the end of a sentence whose subject is the file
 */
public record RecordedRun(
        Path file,
        RunIdentity identity,
        Optional<RecordedCarbon> carbon,
        List<RecordedDevice> devices,
        RecordedTotals totals,
        boolean ended,
        List<RecordedTraining> trainings,
        EnergySeries series,
        Optional<String> damage)
        implements JournalContent {

    /** The energy of all devices, in microjoules. */
    public long microjoules() {
        long sum = 0;
        for (long device : totals.microjoules().values()) {
            sum += device;
        }
        return sum;
    }

    /** The energy of all devices, in kWh. */
    public double kwh() {
        return EnergyUnits.kwh(microjoules());
    }

    /** Its CO2e in grams; NaN where it is unknown. */
    public double co2eGrams() {
        return totals.co2eGrams();
    }

    /** Whether it has no summary: it was killed, or is still running. */
    public boolean killed() {
        return !ended;
    }

    /** The time from its start to its end or last checkpoint, in seconds. */
    public double seconds() {
        return totals.seconds();
    }

    /** When it ended, or its last checkpoint. */
    public Instant lastSeen() {
        return totals.at();
    }

    /** The frameworks that trained in it, in alphabetical order, joined by {@code +}; {@code none} where none did. */
    public String framework() {
        TreeSet<String> frameworks = new TreeSet<>();
        totals.iterations().forEach((framework, count) -> {
            if (count > 0) {
                frameworks.add(framework);
            }
        });
        trainings.forEach(training -> frameworks.add(training.framework()));
        if (frameworks.isEmpty()) {
            frameworks.addAll(totals.iterations().keySet());
        }
        return frameworks.isEmpty() ? "none" : String.join("+", frameworks);
    }
}
