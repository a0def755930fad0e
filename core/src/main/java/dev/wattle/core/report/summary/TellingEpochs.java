/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.report.text.EvenSample;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Chooses the few epochs of a training that say most: the first, the last, the knee, the best, and some between them. */
final class TellingEpochs {

    private TellingEpochs() {}

    /** @param maximum how many to choose, at least 2 */
    static List<EpochRecord> of(List<EpochRecord> epochs, Optional<LearningCurve> curve, int maximum) {
        if (epochs.size() <= maximum) {
            return epochs;
        }
        NavigableSet<Integer> chosen = new TreeSet<>(List.of(0, epochs.size() - 1));
        curve.map(LearningCurve::cornerEpoch).ifPresent(knee -> add(chosen, epochs, knee, maximum));
        curve.flatMap(LearningCurve::lastQuarter)
                .ifPresent(end -> add(chosen, epochs, OptionalInt.of(end.bestEpoch()), maximum));
        // The sample grows until the rows are used up; its first and last elements are chosen already.
        for (int size = 3; chosen.size() < maximum && size <= epochs.size(); size++) {
            for (EpochRecord between : EvenSample.of(epochs, size)) {
                add(chosen, epochs, OptionalInt.of(between.last()), maximum);
            }
        }
        return chosen.stream().map(epochs::get).toList();
    }

    private static void add(NavigableSet<Integer> chosen, List<EpochRecord> epochs, OptionalInt epoch, int maximum) {
        for (int i = 0; i < epochs.size() && epoch.isPresent() && chosen.size() < maximum; i++) {
            if (epochs.get(i).first() <= epoch.getAsInt()
                    && epoch.getAsInt() <= epochs.get(i).last()) {
                chosen.add(i);
            }
        }
    }
}
