/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up the epochs of a run without a summary, by training. Not thread-safe. */
final class TrainingSums {

    /** A run may have a million short trainings; those after this many are in its totals only. */
    private static final int MAX_TRAININGS = 1_000;

    private final Map<Integer, Sums> byTraining = new TreeMap<>();

    void add(RecordedEpoch epoch) {
        if (byTraining.size() < MAX_TRAININGS || byTraining.containsKey(epoch.training())) {
            byTraining
                    .computeIfAbsent(epoch.training(), training -> new Sums(epoch))
                    .add(epoch);
        }
    }

    List<RecordedTraining> toList() {
        List<RecordedTraining> trainings = new ArrayList<>();
        byTraining.forEach((training, sums) -> trainings.add(sums.toTraining(training)));
        return trainings;
    }

    private static final class Sums {
        private final String framework;
        private RecordedEpoch latest;
        private long epochs;
        private long iterations;
        private long samples;
        private long microjoules;

        private Sums(RecordedEpoch first) {
            framework = first.framework();
            latest = first;
        }

        private void add(RecordedEpoch epoch) {
            // Of lines for the same epoch, the last one is valid.
            boolean again = epochs > 0 && epoch.first() == latest.first();
            iterations = Math.addExact(iterations, epoch.iterations() - (again ? latest.iterations() : 0));
            samples = Math.addExact(samples, epoch.samples() - (again ? latest.samples() : 0));
            microjoules = Math.addExact(microjoules, epoch.microjoules() - (again ? latest.microjoules() : 0));
            epochs = Math.max(epochs, epoch.last());
            latest = epoch;
        }

        private RecordedTraining toTraining(int training) {
            return new RecordedTraining(training, framework, "", 0, epochs, iterations, samples, microjoules, "");
        }
    }
}
