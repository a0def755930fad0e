/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The forecasts of a run's trainings. Update it at least once a minute and once at the end. Thread-safe. */
public final class Forecasts {

    private final Map<Integer, ProjectionHistory> histories = new HashMap<>();
    private volatile List<Forecast> latest = List.of();

    /** Makes the forecasts from the trainings' present state. Drops those of trainings not in the snapshot. */
    public synchronized List<Forecast> update(TrainingSnapshot snapshot) {
        List<Forecast> forecasts = new ArrayList<>();
        Set<Integer> held = new HashSet<>();
        for (TrainingRecord training : snapshot.trainings()) {
            held.add(training.training());
            forecasts.add(histories
                    .computeIfAbsent(training.training(), number -> new ProjectionHistory())
                    .update(training));
        }
        histories.keySet().retainAll(held);
        latest = List.copyOf(forecasts);
        return latest;
    }

    /** The result of the latest update; empty before the first. */
    public List<Forecast> latest() {
        return latest;
    }
}
