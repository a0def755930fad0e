/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import dev.wattle.core.epoch.EpochRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a training will have cost when its planned epochs are done, from those that are.
 *
 * <p>An epoch's cost is what was used from the end of the epoch before to its own end, since what lies between epochs comes
 * again with each; its time is of the same stretch. The first epoch counts in what was used and not in what is to come:
 * code is compiled and caches are filled in it. Where it is all there is, it stands for the others and {@code fromWarmUp}
 * says so. The ranges are those of {@link PredictionInterval}; one epoch after the first gives none.
 *
 * @param training the number of the training
 * @param epochsDone after how many epochs this was made
 * @param plannedEpochs how many there are to be
 * @param observed how many epochs the costs of the coming ones were taken from
 * @param microjoules the energy from the first epoch's begin to the last one's end, over all devices
 * @param nanos the time from the first epoch's begin to the last one's end
 * @param end when the last epoch is expected to end; uncertain by the margin of {@code nanos}
 * @param fromWarmUp whether only the first epoch could be gone by
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
     * Projects from epochs that have ended, but for those that lack some of their energy.
     *
     * @param ended oldest first
     * @param plannedEpochs 0 where unknown
     * @return empty where nothing has ended whole, nothing is planned, or nothing is left to come
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
        long endNanos = first.beginNanos();
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
        long usedNanos = endNanos - first.beginNanos();
        Estimate nanos = time.after(usedNanos, remaining);
        return Optional.of(new Projection(
                last.training(),
                last.last(),
                plannedEpochs,
                energy.epochs(),
                energy.after(usedMicrojoules, remaining),
                nanos,
                last.began().plusNanos(last.nanos()).plusNanos((long) (nanos.expected() - usedNanos)),
                fromWarmUp));
    }
}
