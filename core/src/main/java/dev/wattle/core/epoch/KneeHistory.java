/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The corners of a training's learning curves, one for each figure of merit that may be asked for, kept while it goes on. For
 * the thread that follows.
 */
final class KneeHistory {

    /** More figures than any report chooses from. */
    private static final int MOST_FIGURES = 32;

    private final Map<String, OnlineKneeDetector> frontiers = new LinkedHashMap<>();
    private long microjoules;

    /** Takes the next epoch, whose figures will not change any more. */
    void add(EpochRecord epoch) {
        microjoules += epoch.cycleMicrojoules();
        add(epoch, QualityMetric.LOSS, epoch.loss());
        epoch.metrics().forEach((name, value) -> add(epoch, name, value));
    }

    private void add(EpochRecord epoch, String name, double value) {
        if (!Double.isFinite(value) || !QualityMetric.judges(name)) {
            return;
        }
        OnlineKneeDetector frontier = frontiers.get(name);
        if (frontier == null && frontiers.size() < MOST_FIGURES) {
            frontier = new OnlineKneeDetector(LearningCurve.TIMES);
            frontiers.put(name, frontier);
        }
        if (frontier != null) {
            frontier.add(epoch.last(), microjoules, QualityMetric.isHigherBetter(name) ? value : -value);
        }
    }

    /** The epochs after which a curve has its corner, by its figure of merit. */
    Map<String, Integer> epochs() {
        Map<String, Integer> epochs = new LinkedHashMap<>();
        frontiers.forEach((name, frontier) -> frontier.corner().ifPresent(epoch -> epochs.put(name, epoch)));
        return epochs;
    }
}
