/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import dev.wattle.core.epoch.EpochRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a training will have used when its planned epochs are done, extrapolated from the epochs that have ended. Immutable.
 *
 * <p>An epoch counts from the end of the epoch before to its own end, in energy and in time, since the work between epochs
 * comes again with each. The first epoch counts in what was used, but not in the mean for the epochs to come: code is compiled
 * and caches are filled in it. Where it is the only one, the mean is its own and {@code fromWarmUp} is true. The ranges are
 * those of {@link PredictionInterval}, which needs two epochs after the first.
 *
 * @param training the training's number
 * @param epochsDone the number of epochs that had ended
 * @param plannedEpochs the number of planned epochs
 * @param observed the number of epochs in the mean
 * @param microjoules the energy from the start of the first epoch to the end of the last, over all devices
 * @param nanos the time from the start of the first epoch to the end of the last, in nanoseconds
 * @param end when the last epoch is expected to end, with the margin of {@code nanos}
 * @param fromWarmUp whether the mean is that of the first epoch alone
 */
public record Projection(
        int training,
        int epochsDone,
        int plannedEpochs,
        int observed,
        Estimate microjoules,
        Estimate nanos,
        Instant end,
        boolean fromWarmUp) {

    /**
     * Projects from epochs that have ended. Incomplete epochs, which lack a part of their energy, are not in the mean.
     *
     * @param ended the epochs, oldest first
     * @param plannedEpochs 0 where unknown
     * @return empty where no complete epoch has ended, the plan is unknown, or no epoch remains
     */
    public static Optional<Projection> of(List<EpochRecord> ended, int plannedEpochs) {
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        EpochRecord first = ended.get(0);
        EpochRecord last = ended.get(ended.size() - 1);
        int remaining = plannedEpochs - last.last();
        if (remaining < 1) {
            return Optional.empty();
        }
        boolean fromWarmUp = ended.size() == 1;
        PredictionInterval energy = new PredictionInterval();
        PredictionInterval time = new PredictionInterval();
        long usedMicrojoules = 0;
        long endNanos = first.startNanos();
        for (EpochRecord epoch : ended) {
            usedMicrojoules += epoch.cycleMicrojoules();
            if (!epoch.incomplete() && (epoch != first || fromWarmUp)) {
                energy.add(epoch.epochs(), epoch.cycleMicrojoules());
                time.add(epoch.epochs(), epoch.endNanos() - endNanos);
            }
            endNanos = epoch.endNanos();
        }
        if (energy.epochs() == 0) {
            return Optional.empty();
        }
        long usedNanos = endNanos - first.startNanos();
        Estimate nanos = time.after(usedNanos, remaining);
        return Optional.of(new Projection(
                last.training(),
                last.last(),
                plannedEpochs,
                energy.epochs(),
                energy.after(usedMicrojoules, remaining),
                nanos,
                last.started().plusNanos(last.nanos()).plusNanos((long) (nanos.expected() - usedNanos)),
                fromWarmUp));
    }
}
