/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Merges records of epochs where least is lost: not the first epochs, in which most is learned, nor the latest, nor where the
 * learning curve bends.
 *
 * <p>Merging two neighbours costs their number of epochs, divided by the number of epochs before or after them, whichever is
 * less; so the size of merged records grows with their distance from both ends. The cost also has the error of the curve
 * without the earlier one's point, divided by the range of the curve.
 */
final class EpochThinning {

    /** The cost of an error as large as the range of the curve, relative to a width as large as the distance from the end. */
    private static final double SHAPE = 4;

    private final List<EpochRecord> records;
    private final double[] energies;
    private final double[] values;
    private final double range;

    private EpochThinning(List<EpochRecord> records) {
        this.records = records;
        this.energies = new double[records.size()];
        this.values = new double[records.size()];
        Optional<QualityMetric> metric = QualityMetric.of(records);
        List<Double> known = new ArrayList<>();
        double used = 0;
        for (int i = 0; i < values.length; i++) {
            EpochRecord epoch = records.get(i);
            used += epoch.cycleMicrojoules();
            energies[i] = used;
            values[i] = metric.map(figure -> figure.of(epoch)).orElse(Double.NaN);
            if (Double.isFinite(values[i])) {
                known.add(values[i]);
            }
        }
        this.range = known.isEmpty() ? 0 : ValueRange.of(known).length();
    }

    /** A maximum of records, or a few less, that are about the same epochs. */
    static List<EpochRecord> of(List<EpochRecord> records, int maximum) {
        List<EpochRecord> fewer = records;
        while (fewer.size() > maximum) {
            fewer = new EpochThinning(fewer).once(maximum);
        }
        return fewer;
    }

    private List<EpochRecord> once(int maximum) {
        int pairs = records.size() - 1;
        double[] costs = new double[pairs];
        List<Integer> cheapest = new ArrayList<>(pairs);
        for (int i = 0; i < pairs; i++) {
            costs[i] = cost(i);
            cheapest.add(i);
        }
        cheapest.sort(Comparator.comparingDouble(i -> costs[i]));
        boolean[] merges = new boolean[pairs + 2];
        int left = records.size() - maximum;
        // A pair next to a merged one has another cost now, and waits for the next pass.
        for (int i : cheapest.subList(0, Math.max(1, pairs / 4))) {
            if (left > 0 && !merges[i] && !merges[i + 1] && (i == 0 || !merges[i - 1])) {
                merges[i] = true;
                left--;
            }
        }
        List<EpochRecord> fewer = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            if (merges[i]) {
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

    /** The error of the curve without a point, from 0 to 1. */
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
