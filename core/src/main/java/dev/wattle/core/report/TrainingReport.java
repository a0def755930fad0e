/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.training.BudgetState;
import dev.wattle.core.training.Outlook;
import dev.wattle.core.training.TrainingRecord;
import dev.wattle.core.training.TrainingSnapshot;
import dev.wattle.core.training.WindowTotals;
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
public record TrainingReport(
        TrainingSnapshot snapshot,
        List<Outlook> outlooks,
        Optional<BudgetState> budget,
        List<WindowTotals> windows,
        List<String> unmetered) {

    /** Of a run in which nothing is known of any training. */
    public static final TrainingReport NONE =
            new TrainingReport(TrainingSnapshot.NONE, List.of(), Optional.empty(), List.of());

    /** Of a run whose frameworks are metered, as far as it has any. */
    public TrainingReport(
            TrainingSnapshot snapshot,
            List<Outlook> outlooks,
            Optional<BudgetState> budget,
            List<WindowTotals> windows) {
        this(snapshot, outlooks, budget, windows, List.of());
    }

    /** Where a training is heading; nowhere in particular where nothing is known. */
    Outlook outlook(TrainingRecord training) {
        for (Outlook outlook : outlooks) {
            if (outlook.training() == training.training()) {
                return outlook;
            }
        }
        return new Outlook(training.training(), training.plannedEpochs(), Optional.empty(), List.of());
    }

    /** How energies of these domains are known: one word, or several joined by a plus sign; {@code none} of no domains. */
    static String quality(Collection<EnergyDomain> domains) {
        Set<Quality> qualities = EnumSet.noneOf(Quality.class);
        domains.forEach(domain -> qualities.add(domain.quality()));
        return qualities.isEmpty()
                ? "none"
                : qualities.stream().map(Quality::tag).collect(Collectors.joining("+"));
    }
}
