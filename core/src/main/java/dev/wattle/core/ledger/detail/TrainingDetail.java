/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.QualityMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One training of a run. Immutable.
 *
 * @param number from 1, in the order of their starts
 * @param framework such as {@code dl4j}
 * @param name what the program calls it; empty where it does not
 * @param plannedEpochs 0 where that is unknown
 * @param epochsDone how many epochs have ended
 * @param iterations updates of the weights
 * @param samples the samples that it learned from; 0 where that is unknown
 * @param microjoulesByPhase its energy; empty where the run was killed before its summary
 * @param quality of its energy; empty where that is unknown
 * @param epochs those that have a line in the journal, oldest first
 * @param curve what its progress cost; empty where its epochs have no quality metric
 * @param projections those made at 10, 25 and 50 %
 */
public record TrainingDetail(
        int number,
        String framework,
        String name,
        int plannedEpochs,
        int epochsDone,
        long iterations,
        long samples,
        Map<String, Long> microjoulesByPhase,
        String quality,
        List<EpochDetail> epochs,
        Optional<LearningCurve> curve,
        List<ProjectionDetail> projections) {

    /** Its energy: that of its phases, or where the run was killed before its summary, that of its epochs. */
    public long microjoules() {
        if (!microjoulesByPhase.isEmpty()) {
            return Energies.total(microjoulesByPhase);
        }
        long sum = 0;
        for (EpochDetail epoch : epochs) {
            sum = SaturatingMath.add(sum, epoch.cycleMicrojoules());
        }
        return sum;
    }

    /** The names of the metrics that say which way is better, the loss included. */
    public TreeSet<String> metrics() {
        TreeSet<String> names = new TreeSet<>();
        curve.ifPresent(known -> names.add(known.metric().name()));
        for (EpochDetail epoch : epochs) {
            names.addAll(epoch.metrics().keySet());
            if (Double.isFinite(epoch.loss())) {
                names.add(QualityMetric.LOSS);
            }
        }
        return names;
    }

    /**
     * The values of a metric after each epoch, over the energy used until then.
     *
     * @return none where the metric is unknown; where lines of epochs are missing, none after those
     */
    public List<LearningCurve.Point> points(String metric) {
        if (curve.isPresent() && curve.get().metric().name().equals(metric)) {
            return curve.get().points();
        }
        List<LearningCurve.Point> points = new ArrayList<>();
        long used = 0;
        int before = 0;
        for (EpochDetail epoch : epochs) {
            if (epoch.first() != before + 1) {
                // The energy of the epochs between is unknown, and with it that of all later points.
                return points;
            }
            before = epoch.last();
            used = SaturatingMath.add(used, epoch.cycleMicrojoules());
            if (Double.isFinite(epoch.value(metric))) {
                points.add(new LearningCurve.Point(epoch.last(), used, epoch.value(metric)));
            }
        }
        return points;
    }
}
