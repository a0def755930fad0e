/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The knees of a training's learning curves, one for each quality metric, found while it runs. For the thread that
 * follows.
 */
final class KneeHistory {

    /** More metrics than reports choose from. */
    private static final int MAX_METRICS = 32;

    private final Map<String, OnlineKneeDetector> detectors = new LinkedHashMap<>();
    private long microjoules;

    /** Adds the next epoch, whose figures will not change any more. */
    void add(EpochRecord epoch) {
        microjoules += epoch.cycleMicrojoules();
        add(epoch, QualityMetric.LOSS, epoch.loss());
        epoch.metrics().forEach((name, value) -> add(epoch, name, value));
    }

    private void add(EpochRecord epoch, String name, double value) {
        if (!Double.isFinite(value) || !QualityMetric.judges(name)) {
            return;
        }
        OnlineKneeDetector detector = detectors.get(name);
        if (detector == null && detectors.size() < MAX_METRICS) {
            detector = new OnlineKneeDetector(LearningCurve.TIMES);
            detectors.put(name, detector);
        }
        if (detector != null) {
            detector.add(epoch.last(), microjoules, QualityMetric.isHigherBetter(name) ? value : -value);
        }
    }

    /** The epochs after which a curve has its knee, by metric. */
    Map<String, Integer> epochs() {
        Map<String, Integer> epochs = new LinkedHashMap<>();
        detectors.forEach((name, detector) -> detector.knee().ifPresent(epoch -> epochs.put(name, epoch)));
        return epochs;
    }
}
