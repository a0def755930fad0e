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

/**
 * Where the trainings of a run are heading. To be updated now and then, at least every minute or so and once at the end;
 * thread-safe.
 */
public final class Forecasts {

    private final Map<Integer, ProjectionHistory> tracks = new HashMap<>();
    private volatile List<Forecast> latest = List.of();

    /** Takes note of how far the trainings have come. Those that are no longer held are forgotten. */
    public synchronized List<Forecast> update(TrainingSnapshot snapshot) {
        List<Forecast> outlooks = new ArrayList<>();
        Set<Integer> held = new HashSet<>();
        for (TrainingRecord training : snapshot.trainings()) {
            held.add(training.training());
            outlooks.add(tracks.computeIfAbsent(training.training(), number -> new ProjectionHistory())
                    .update(training));
        }
        tracks.keySet().retainAll(held);
        latest = List.copyOf(outlooks);
        return latest;
    }

    /** As they were when last updated; none before. */
    public List<Forecast> latest() {
        return latest;
    }
}
