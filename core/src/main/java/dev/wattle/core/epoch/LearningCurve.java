/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a training's progress cost: its quality metric over the energy used until then.
 *
 * @param metric the metric
 * @param points one for each epoch with a finite value, oldest first, at least two; in a training of very many epochs, for
 *     some of them
 * @param lastQuarter what the end of the training brought; empty where there are fewer than {@value #MIN_EPOCHS} epochs,
 *     or none of the earlier ones has a value
 * @param cornerEpoch the epoch after which each further unit of improvement cost more than {@value #TIMES} times the first,
 *     as {@link KneeDetector} finds it
 */
public record LearningCurve(
        QualityMetric metric, List<Point> points, Optional<LastQuarter> lastQuarter, OptionalInt cornerEpoch) {

    /** How much more than the first a unit of improvement may cost before the knee. */
    public static final int TIMES = 10;

    /** With fewer, a training has no last quarter. */
    public static final int MIN_EPOCHS = 4;

    /**
     * The end of an epoch.
     *
     * @param epoch its number
     * @param microjoules what its training had used by then, from the start of its first epoch
     * @param value the value of the metric
     */
    public record Point(int epoch, long microjoules, double value) {}

    /**
     * What the last quarter of the epochs cost and brought.
     *
     * @param first the number of its first epoch
     * @param last the number of its last
     * @param energyShare its part of the training's energy, from 0 to 1
     * @param gain by how much it improved the best value before it, in points or in the metric's unit; 0 where it did not
     * @param gainShare the same as a part of the whole improvement over the first value; NaN where there was none
     * @param bestEpoch the epoch with the best value of all
     */
    public record LastQuarter(int first, int last, double energyShare, double gain, double gainShare, int bestEpoch) {}

    /** The curve of a training; empty where its epochs have no quality metric. */
    public static Optional<LearningCurve> of(TrainingRecord training) {
        List<EpochRecord> epochs = training.epochs();
        if (epochs.size() == training.epochsDone()) {
            return of(epochs);
        }
        return QualityMetric.of(epochs).map(metric -> {
            Integer corner = training.corners().get(metric.name());
            return of(metric, epochs, corner == null ? OptionalInt.empty() : OptionalInt.of(corner));
        });
    }

    /** The curve of epochs of which none were merged. */
    public static Optional<LearningCurve> of(List<EpochRecord> epochs) {
        return QualityMetric.of(epochs).map(metric -> of(metric, epochs, corner(metric, pointsOf(metric, epochs))));
    }

    private static LearningCurve of(QualityMetric metric, List<EpochRecord> epochs, OptionalInt corner) {
        List<Point> points = pointsOf(metric, epochs);
        return new LearningCurve(metric, List.copyOf(points), lastQuarter(metric, points, epochs), corner);
    }

    private static List<Point> pointsOf(QualityMetric metric, List<EpochRecord> epochs) {
        List<Point> points = new ArrayList<>();
        long used = 0;
        for (EpochRecord epoch : epochs) {
            used += epoch.cycleMicrojoules();
            double value = metric.of(epoch);
            if (Double.isFinite(value)) {
                points.add(new Point(epoch.last(), used, value));
            }
        }
        return points;
    }

    /** The values that set the scale of a plot of it. */
    public ValueRange range() {
        return ValueRange.of(points.stream().map(Point::value).toList());
    }

    /** What part of a training's energy some of its epochs took, from 0 to 1; NaN where none was used. */
    static double energyShare(List<EpochRecord> part, List<EpochRecord> whole) {
        return (double) microjoules(part) / microjoules(whole);
    }

    private static long microjoules(List<EpochRecord> epochs) {
        long sum = 0;
        for (EpochRecord epoch : epochs) {
            sum += epoch.cycleMicrojoules();
        }
        return sum;
    }

    private static Optional<LastQuarter> lastQuarter(
            QualityMetric metric, List<Point> points, List<EpochRecord> epochs) {
        int last = epochs.get(epochs.size() - 1).last();
        int count = last - epochs.get(0).first() + 1;
        if (count < MIN_EPOCHS) {
            return Optional.empty();
        }
        int start = 0;
        while (epochs.get(start).first() <= last - count / 4) {
            start++;
            if (start == epochs.size()) {
                return Optional.empty();
            }
        }
        int first = epochs.get(start).first();
        Point best = points.get(0);
        Point bestBefore = points.get(0);
        for (Point point : points) {
            best = metric.gain(best.value(), point.value()) > 0 ? point : best;
            bestBefore = point.epoch() < first ? best : bestBefore;
        }
        if (points.get(0).epoch() >= first) {
            return Optional.empty();
        }
        double whole = metric.gain(points.get(0).value(), best.value());
        double gain = metric.gain(bestBefore.value(), best.value());
        return Optional.of(new LastQuarter(
                first,
                last,
                energyShare(epochs.subList(start, epochs.size()), epochs),
                gain,
                whole > 0 ? gain / whole : Double.NaN,
                best.epoch()));
    }

    private static OptionalInt corner(QualityMetric metric, List<Point> points) {
        // An epoch that used no measurable energy adds none to divide by: the later one replaces it.
        List<Point> distinct = new ArrayList<>();
        for (Point point : points) {
            if (!distinct.isEmpty() && distinct.get(distinct.size() - 1).microjoules() == point.microjoules()) {
                distinct.remove(distinct.size() - 1);
            }
            distinct.add(point);
        }
        double[] energies = distinct.stream().mapToDouble(Point::microjoules).toArray();
        double[] gains = distinct.stream()
                .mapToDouble(point -> metric.gain(points.get(0).value(), point.value()))
                .toArray();
        OptionalInt corner = KneeDetector.knee(energies, gains, TIMES);
        return corner.isPresent()
                ? OptionalInt.of(distinct.get(corner.getAsInt()).epoch())
                : OptionalInt.empty();
    }
}
