/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.snapshot;

import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.forecast.BudgetState;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The trainings of a run at one moment. Immutable.
 *
 * @param snapshot the trainings and the run's energy by phase
 * @param forecasts of the trainings that have one
 * @param budget the state of the run's budget; empty where there is none
 * @param windows totals of the windows that the program named
 * @param unmetered a sentence for each framework or part of one in this JVM that is not metered, with the reason
 */
public record TrainingsSnapshot(
        TrainingSnapshot snapshot,
        List<Forecast> forecasts,
        Optional<BudgetState> budget,
        List<WindowTotals> windows,
        List<String> unmetered) {

    /** Without any training. */
    public static final TrainingsSnapshot NONE =
            new TrainingsSnapshot(TrainingSnapshot.NONE, List.of(), Optional.empty(), List.of(), List.of());

    /** The forecast of a training; one without projection where there is none yet. */
    public Forecast forecast(TrainingRecord training) {
        for (Forecast forecast : forecasts) {
            if (forecast.training() == training.training()) {
                return forecast;
            }
        }
        return new Forecast(training.training(), training.plannedEpochs(), Optional.empty(), List.of());
    }

    /** The qualities of these domains, joined by plus signs; {@code none} of no domains. */
    public static String quality(Collection<EnergyDomain> domains) {
        Set<Quality> qualities = EnumSet.noneOf(Quality.class);
        domains.forEach(domain -> qualities.add(domain.quality()));
        return qualities.isEmpty()
                ? "none"
                : qualities.stream().map(Quality::tag).collect(Collectors.joining("+"));
    }
}
