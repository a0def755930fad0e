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
 * What a run knows of its trainings at one moment.
 *
 * @param snapshot the trainings and the run's energy by phase
 * @param outlooks where they are heading
 * @param budget how much of it is used; empty where there is none
 * @param windows what the program gave names to
 * @param unmetered what of the frameworks here is not metered, and why, a sentence each
 */
public record TrainingsSnapshot(
        TrainingSnapshot snapshot,
        List<Forecast> outlooks,
        Optional<BudgetState> budget,
        List<WindowTotals> windows,
        List<String> unmetered) {

    /** Of a run in which nothing is known of any training. */
    public static final TrainingsSnapshot NONE =
            new TrainingsSnapshot(TrainingSnapshot.NONE, List.of(), Optional.empty(), List.of());

    /** Of a run whose frameworks are metered, as far as it has any. */
    public TrainingsSnapshot(
            TrainingSnapshot snapshot,
            List<Forecast> outlooks,
            Optional<BudgetState> budget,
            List<WindowTotals> windows) {
        this(snapshot, outlooks, budget, windows, List.of());
    }

    /** Where a training is heading; nowhere in particular where nothing is known. */
    public Forecast outlook(TrainingRecord training) {
        for (Forecast outlook : outlooks) {
            if (outlook.training() == training.training()) {
                return outlook;
            }
        }
        return new Forecast(training.training(), training.plannedEpochs(), Optional.empty(), List.of());
    }

    /** How energies of these domains are known: one word, or several joined by a plus sign; {@code none} of no domains. */
    public static String quality(Collection<EnergyDomain> domains) {
        Set<Quality> qualities = EnumSet.noneOf(Quality.class);
        domains.forEach(domain -> qualities.add(domain.quality()));
        return qualities.isEmpty()
                ? "none"
                : qualities.stream().map(Quality::tag).collect(Collectors.joining("+"));
    }
}
