/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps the projections of one training made when 10, 25 and 50 % of its epochs were done, and compares them with the actual
 * values.
 *
 * <p>A projection uses only epochs that had ended by then. Where two of the percentages are the same epoch, the later one is
 * kept. Where the plan changes, the projections for the old plan are dropped, and none are made for epochs that ended before
 * the new plan was known. Not thread-safe.
 */
final class ProjectionHistory {

    static final List<Integer> PERCENTS = List.of(10, 25, 50);

    private final List<ProjectionCheck> checks = new ArrayList<>();
    private int plannedEpochs;

    /** The number of epochs that had ended when the plan became known. */
    private int plannedFrom;

    private int epochsWithoutPlan;

    /** Makes the training's forecast, after keeping the projections that are due. */
    Forecast update(TrainingRecord training) {
        int planned = training.plannedEpochs();
        if (planned != plannedEpochs && checks.stream().noneMatch(ProjectionCheck::isDecided)) {
            plannedFrom = plannedEpochs == 0 ? epochsWithoutPlan : training.epochsDone();
            plannedEpochs = planned;
            checks.clear();
        }
        if (planned == 0) {
            epochsWithoutPlan = training.epochsDone();
        }
        List<EpochRecord> epochs = training.epochs();
        for (int percent : PERCENTS) {
            keepProjection(epochs, percent);
        }
        checks.replaceAll(check -> check.isDecided() ? check : decided(check, epochs));
        Optional<Projection> projection = training.ended() ? Optional.empty() : Projection.of(epochs, planned);
        return new Forecast(training.training(), planned, projection, List.copyOf(checks));
    }

    private void keepProjection(List<EpochRecord> epochs, int percent) {
        int due = epochOf(percent);
        int later = PERCENTS.indexOf(percent) + 1;
        boolean superseded = later < PERCENTS.size() && epochOf(PERCENTS.get(later)) == due;
        boolean kept = checks.stream().anyMatch(check -> check.percent() == percent);
        if (superseded || kept || due < plannedFrom) {
            return;
        }
        List<EpochRecord> then = upTo(due, epochs);
        Projection.of(then, plannedEpochs)
                .filter(projection -> projection.epochsDone() >= due)
                .ifPresent(projection -> checks.add(
                        new ProjectionCheck(percent, projection, OptionalLong.empty(), OptionalLong.empty())));
    }

    /** The first epoch at whose end this part of the plan is done. */
    private int epochOf(int percent) {
        return (int) (((long) plannedEpochs * percent + 99) / 100);
    }

    /** The epochs up to this one, or up to the end of the record that combines it with later ones. */
    private static List<EpochRecord> upTo(int epoch, List<EpochRecord> epochs) {
        int end = 0;
        while (end < epochs.size() && (end == 0 || epochs.get(end - 1).last() < epoch)) {
            end++;
        }
        return epochs.subList(0, end);
    }

    private static ProjectionCheck decided(ProjectionCheck check, List<EpochRecord> epochs) {
        int planned = check.projection().plannedEpochs();
        List<EpochRecord> all = upTo(planned, epochs);
        if (all.isEmpty() || all.get(all.size() - 1).last() != planned) {
            return check;
        }
        long microjoules = 0;
        for (EpochRecord epoch : all) {
            microjoules += epoch.cycleMicrojoules();
        }
        long nanos = all.get(all.size() - 1).endNanos() - all.get(0).startNanos();
        return new ProjectionCheck(
                check.percent(), check.projection(), OptionalLong.of(microjoules), OptionalLong.of(nanos));
    }
}
