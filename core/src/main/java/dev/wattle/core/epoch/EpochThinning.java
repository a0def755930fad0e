/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts epochs together where least is lost by it: not the first ones, in which most is learned, nor the latest, nor where the
 * curve of learning bends.
 *
 * <p>What it costs to put two neighbours together is how many epochs they are, as a part of how many lie before or after them,
 * whichever is less; so that, left to itself, the number of epochs in one grows from both ends like the distance from it. To
 * that comes by how much the curve would be off where the earlier one's point is missing, as a part of its range.
 */
final class EpochThinning {

    /** What a point that is off by the whole range costs, in widths as wide as their distance from the end. */
    private static final double SHAPE = 4;

    private final List<EpochRecord> records;
    private final double[] energies;
    private final double[] values;
    private final double range;

    private EpochThinning(List<EpochRecord> records) {
        this.records = records;
        this.energies = new double[records.size()];
        this.values = new double[records.size()];
        Optional<QualityMetric> merit = QualityMetric.of(records);
        List<Double> known = new ArrayList<>();
        double used = 0;
        for (int i = 0; i < values.length; i++) {
            EpochRecord epoch = records.get(i);
            used += epoch.cycleMicrojoules();
            energies[i] = used;
            values[i] = merit.map(figure -> figure.of(epoch)).orElse(Double.NaN);
            if (Double.isFinite(values[i])) {
                known.add(values[i]);
            }
        }
        this.range = known.isEmpty() ? 0 : ValueRange.of(known).length();
    }

    /** As many records, or a few less, that are about the same epochs. */
    static List<EpochRecord> of(List<EpochRecord> records, int most) {
        List<EpochRecord> fewer = records;
        while (fewer.size() > most) {
            fewer = new EpochThinning(fewer).once(most);
        }
        return fewer;
    }

    private List<EpochRecord> once(int most) {
        int pairs = records.size() - 1;
        double[] costs = new double[pairs];
        List<Integer> cheapest = new ArrayList<>(pairs);
        for (int i = 0; i < pairs; i++) {
            costs[i] = cost(i);
            cheapest.add(i);
        }
        cheapest.sort(Comparator.comparingDouble(i -> costs[i]));
        boolean[] joins = new boolean[pairs + 2];
        int left = records.size() - most;
        // A pair beside one that was joined has another cost now; it is for the next time.
        for (int i : cheapest.subList(0, Math.max(1, pairs / 4))) {
            if (left > 0 && !joins[i] && !joins[i + 1] && (i == 0 || !joins[i - 1])) {
                joins[i] = true;
                left--;
            }
        }
        List<EpochRecord> fewer = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            if (joins[i]) {
                fewer.add(records.get(i).and(records.get(i + 1)));
                i++;
            } else {
                fewer.add(records.get(i));
            }
        }
        return fewer;
    }

    private double cost(int first) {
        EpochRecord one = records.get(first);
        EpochRecord next = records.get(first + 1);
        int all = records.get(records.size() - 1).last();
        double width = next.last() - one.first() + 1;
        return width / Math.min(one.first(), all - next.last() + 1) + SHAPE * bend(first);
    }

    /** By how much the curve is off without a point. */
    private double bend(int point) {
        if (range <= 0 || !Double.isFinite(values[point]) || !Double.isFinite(values[point + 1])) {
            return 0;
        }
        if (point == 0 || !Double.isFinite(values[point - 1])) {
            return Math.min(1, Math.abs(values[point + 1] - values[point]) / range);
        }
        double span = energies[point + 1] - energies[point - 1];
        double part = span > 0 ? (energies[point] - energies[point - 1]) / span : 1;
        double straight = values[point - 1] + part * (values[point + 1] - values[point - 1]);
        return Math.min(1, Math.abs(values[point] - straight) / range);
    }
}
