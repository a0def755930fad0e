/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.compare;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.ledger.detail.TrainingDetail;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One run of a comparison. Its metrics are those of its main training, the one that used the most energy. Immutable.
 *
 * @param letter a short name in this comparison: A, B, and so on
 * @param run the run
 * @param points the values of the compared metric over the energy of the main training; none where it has none
 * @param reached the first epoch that reached the goal; empty where none did or there is no goal
 * @param gramsCo2e the run's CO2e: as it computed it, or recomputed for another place; empty where it is unknown
 * @param carbon what the CO2e rests on; empty where that is unknown
 * @param pareto whether no other run has less energy without a worse metric, or a better metric without more energy
 */
public record ComparedRun(
        String letter,
        RunDetail run,
        List<LearningCurve.Point> points,
        Optional<Reached> reached,
        OptionalDouble gramsCo2e,
        Optional<CarbonSettings> carbon,
        boolean pareto) {

    /** Its energy, in microjoules. */
    public long microjoules() {
        return run.totalMicrojoules();
    }

    /** Whether its main training recorded a metric, so that "not reached" is known of it. */
    public boolean hasMetric(String name) {
        return run.mainTraining()
                .filter(training -> !training.points(name).isEmpty())
                .isPresent();
    }

    /** The value after its last epoch with one. */
    public OptionalDouble finalValue() {
        return points.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(points.get(points.size() - 1).value());
    }

    /** The epoch with the best value, the first of equal ones. */
    public Optional<LearningCurve.Point> best(Metric metric) {
        LearningCurve.Point best = null;
        for (LearningCurve.Point point : points) {
            best = best == null || metric.gain(best.value(), point.value()) > 0 ? point : best;
        }
        return Optional.ofNullable(best);
    }

    /** The energy of its main training over that training's samples; empty where either is unknown. */
    public OptionalDouble joulesPerSample() {
        Optional<TrainingDetail> training = run.mainTraining().filter(main -> main.samples() > 0);
        return training.isEmpty() || training.get().microjoules() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(EnergyUnits.joules(training.get().microjoules())
                        / training.get().samples());
    }
}
