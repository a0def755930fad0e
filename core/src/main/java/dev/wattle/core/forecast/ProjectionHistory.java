/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Remembers of one training the projections made when 10, 25 and 50 % of its epochs were done, and holds them against what
 * came out.
 *
 * <p>A projection goes by the epochs that had ended by then and by nothing later. Where two of the marks fall on the same
 * epoch, only the later one is kept. Where the plan changes on the way, what had been projected for the old one is dropped,
 * and nothing is projected afterwards for epochs that ended before the new plan was known. For one thread at a time.
 */
final class ProjectionHistory {

    static final List<Integer> PERCENTS = List.of(10, 25, 50);

    private final List<ProjectionCheck> checks = new ArrayList<>();
    private int plannedEpochs;

    /** How many epochs had ended when the plan was made, as far as can be seen. */
    private int plannedFrom;

    private int unplannedUntil;

    /** Takes note of how far the training has come. */
    Forecast update(TrainingRecord training) {
        int planned = training.plannedEpochs();
        if (planned != plannedEpochs && checks.stream().noneMatch(ProjectionCheck::isDecided)) {
            plannedFrom = plannedEpochs == 0 ? unplannedUntil : training.epochsDone();
            plannedEpochs = planned;
            checks.clear();
        }
        if (planned == 0) {
            unplannedUntil = training.epochsDone();
        }
        List<EpochRecord> epochs = training.epochs();
        for (int percent : PERCENTS) {
            remember(epochs, percent);
        }
        checks.replaceAll(check -> check.isDecided() ? check : decided(check, epochs));
        Optional<Projection> projection = training.ended() ? Optional.empty() : Projection.of(epochs, planned);
        return new Forecast(training.training(), planned, projection, List.copyOf(checks));
    }

    private void remember(List<EpochRecord> epochs, int percent) {
        int mark = epochOf(percent);
        int later = PERCENTS.indexOf(percent) + 1;
        boolean superseded = later < PERCENTS.size() && epochOf(PERCENTS.get(later)) == mark;
        boolean known = checks.stream().anyMatch(check -> check.percent() == percent);
        if (superseded || known || mark < plannedFrom) {
            return;
        }
        List<EpochRecord> then = upTo(mark, epochs);
        Projection.of(then, plannedEpochs)
                .filter(projection -> projection.epochsDone() >= mark)
                .ifPresent(projection -> checks.add(
                        new ProjectionCheck(percent, projection, OptionalLong.empty(), OptionalLong.empty())));
    }

    /** The epoch with whose end so many percent are done. */
    private int epochOf(int percent) {
        return (int) (((long) plannedEpochs * percent + 99) / 100);
    }

    /** The epochs as they were known when that one had just ended; more where it was put together with later ones. */
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
        long nanos = all.get(all.size() - 1).endNanos() - all.get(0).beginNanos();
        return new ProjectionCheck(
                check.percent(), check.projection(), OptionalLong.of(microjoules), OptionalLong.of(nanos));
    }
}
