/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.snapshot;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.Epochs;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.forecast.Budget;
import dev.wattle.core.forecast.BudgetState;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.forecast.Forecasts;
import dev.wattle.core.probe.EnergyDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs with trainings in them. */
public final class Trainings {
    private static final CarbonSettings FRANCE = new CarbonSettings(CarbonIntensity.custom(41.79), 1.2, false);

    private Trainings() {}

    /** A training of so many epochs whose accuracy rises ever more slowly; the first epoch is slow. */
    public static List<EpochRecord> epochs(int training, int count) {
        Epochs epochs = new Epochs(training);
        for (int epoch = 1; epoch <= count; epoch++) {
            double wobble = Math.sin(12.9898 * epoch * training) * 0.03;
            double progress = 1 - Math.exp(-epoch / 7.0);
            epochs.add(
                    1,
                    (epoch == 1 ? 190 : 130) * (1 + wobble),
                    (epoch == 1 ? 2.1 : 1.4) * (1 + wobble / 2),
                    2.2 * (1 - progress) + 0.05 + wobble / 5,
                    Map.of(
                            "accuracy",
                            0.35 + 0.58 * progress + wobble / 8,
                            "validate_accuracy",
                            accuracy(progress, wobble)),
                    epoch == 1 ? 0 : 2.5);
            epochs.pause(0.05);
        }
        return epochs.list();
    }

    private static double accuracy(double progress, double wobble) {
        return 0.35 + 0.57 * progress + wobble / 8;
    }

    public static RunSnapshot run(TrainingsSnapshot training) {
        List<DeviceSnapshot> devices = new ArrayList<>();
        sums(training.snapshot().phases())
                .forEach((domain, sum) -> devices.add(Reports.device(domain, sum, sum / 600)));
        return Reports.of(devices, FRANCE, training);
    }

    /** A run that holds these trainings, planned to so many epochs each, and some energy outside. */
    public static TrainingsSnapshot report(int planned, List<List<EpochRecord>> trainings) {
        List<TrainingRecord> records = new ArrayList<>();
        Map<Phase, Map<EnergyDomain, Long>> phases = new LinkedHashMap<>();
        for (List<EpochRecord> epochs : trainings) {
            records.add(Epochs.training(epochs, planned));
            for (EpochRecord epoch : epochs) {
                epoch.microjoules().forEach((domain, sum) -> {
                    add(phases, Phase.TRAIN, domain, sum - sum / 10);
                    add(phases, Phase.VALIDATION, domain, sum / 10);
                });
            }
        }
        List<PhaseEnergy> energies = new ArrayList<>();
        phases.forEach((phase, sums) -> energies.add(new PhaseEnergy(Framework.DL4J.tag(), phase, sums)));
        energies.add(new PhaseEnergy(
                PhaseEnergy.NO_FRAMEWORK,
                Phase.OUTSIDE,
                Map.of(Epochs.BOARD, 123_456_789L, Epochs.PROCESSOR, 41_152_263L)));
        TrainingSnapshot snapshot = new TrainingSnapshot(records, 0, sums(energies), energies, Map.of(), 0);
        return snapshot(
                snapshot,
                new Forecasts().update(snapshot),
                Optional.of(new BudgetState(Budget.parse("2Wh"), false, 0.7312, 34_000_000_000L)),
                List.of(
                        new WindowTotals(
                                "load",
                                3,
                                2_345_000_000L,
                                Map.of(Epochs.BOARD, 70_000_000L, Epochs.PROCESSOR, 31_000_000L),
                                20_000_000L,
                                50_000_000L,
                                0,
                                0,
                                0),
                        new WindowTotals(
                                "augment",
                                40,
                                80_000_000L,
                                Map.of(Epochs.BOARD, 4_200_000L),
                                90_000L,
                                110_000L,
                                40,
                                0,
                                0)));
    }

    private static void add(
            Map<Phase, Map<EnergyDomain, Long>> phases, Phase phase, EnergyDomain domain, long microjoules) {
        phases.computeIfAbsent(phase, one -> new LinkedHashMap<>()).merge(domain, microjoules, Long::sum);
    }

    private static Map<EnergyDomain, Long> sums(List<PhaseEnergy> phases) {
        Map<EnergyDomain, Long> sums = new LinkedHashMap<>();
        phases.forEach(phase -> phase.microjoules().forEach((domain, sum) -> sums.merge(domain, sum, Long::sum)));
        return sums;
    }

    /** What is known of the trainings of a run whose frameworks are all metered. */
    public static TrainingsSnapshot snapshot(
            TrainingSnapshot snapshot,
            List<Forecast> forecasts,
            Optional<BudgetState> budget,
            List<WindowTotals> windows) {
        return new TrainingsSnapshot(snapshot, forecasts, budget, windows, List.of());
    }
}
