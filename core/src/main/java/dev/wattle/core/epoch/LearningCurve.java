/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a training's progress cost: its figure of merit against the energy used up to it.
 *
 * @param merit the figure
 * @param points one an epoch that has a finite value, oldest first, at least two; in a training of very many epochs, of some
 *     of them
 * @param lastQuarter what the end of the training brought; empty where there are fewer than {@value #FEWEST_EPOCHS} epochs,
 *     or none of the earlier ones has a value
 * @param cornerEpoch the epoch after which each further unit of improvement cost more than {@value #TIMES} times the first,
 *     as {@link KneeDetector} finds it
 */
public record LearningCurve(
        QualityMetric merit, List<Point> points, Optional<LastQuarter> lastQuarter, OptionalInt cornerEpoch) {

    /** How much dearer than the first a unit of improvement may be. */
    public static final int TIMES = 10;

    private static final int FEWEST_EPOCHS = 4;

    /**
     * The end of an epoch.
     *
     * @param epoch its number
     * @param microjoules what its training had used by then, from its first epoch's begin
     * @param value the figure of merit
     */
    public record Point(int epoch, long microjoules, double value) {}

    /**
     * What the last quarter of the epochs cost and brought.
     *
     * @param first the number of its first epoch
     * @param last the number of its last
     * @param energyShare its part of the training's energy, from 0 to 1
     * @param gain by how much the best value before it was bettered, in points or in the figure's unit; 0 where it was not
     * @param gainShare the same as a part of the whole improvement over the first value; NaN where there was none
     * @param bestEpoch the epoch with the best value of all
     */
    public record LastQuarter(int first, int last, double energyShare, double gain, double gainShare, int bestEpoch) {}

    /** The curve of a training; empty where its epochs have no figure of merit. */
    public static Optional<LearningCurve> of(TrainingRecord training) {
        List<EpochRecord> epochs = training.epochs();
        if (epochs.size() == training.epochsDone()) {
            return of(epochs);
        }
        return QualityMetric.of(epochs).map(merit -> {
            Integer corner = training.corners().get(merit.name());
            return of(merit, epochs, corner == null ? OptionalInt.empty() : OptionalInt.of(corner));
        });
    }

    /** The curve of epochs none of which were put together. */
    static Optional<LearningCurve> of(List<EpochRecord> epochs) {
        return QualityMetric.of(epochs).map(merit -> of(merit, epochs, corner(merit, pointsOf(merit, epochs))));
    }

    private static LearningCurve of(QualityMetric merit, List<EpochRecord> epochs, OptionalInt corner) {
        List<Point> points = pointsOf(merit, epochs);
        return new LearningCurve(merit, List.copyOf(points), lastQuarter(merit, points, epochs), corner);
    }

    private static List<Point> pointsOf(QualityMetric merit, List<EpochRecord> epochs) {
        List<Point> points = new ArrayList<>();
        long used = 0;
        for (EpochRecord epoch : epochs) {
            used += epoch.cycleMicrojoules();
            double value = merit.of(epoch);
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
            QualityMetric merit, List<Point> points, List<EpochRecord> epochs) {
        int last = epochs.get(epochs.size() - 1).last();
        int count = last - epochs.get(0).first() + 1;
        if (count < FEWEST_EPOCHS) {
            return Optional.empty();
        }
        int begin = 0;
        while (epochs.get(begin).first() <= last - count / 4) {
            begin++;
            if (begin == epochs.size()) {
                return Optional.empty();
            }
        }
        int first = epochs.get(begin).first();
        Point best = points.get(0);
        Point bestBefore = points.get(0);
        for (Point point : points) {
            best = merit.gain(best.value(), point.value()) > 0 ? point : best;
            bestBefore = point.epoch() < first ? best : bestBefore;
        }
        if (points.get(0).epoch() >= first) {
            return Optional.empty();
        }
        double whole = merit.gain(points.get(0).value(), best.value());
        double gain = merit.gain(bestBefore.value(), best.value());
        return Optional.of(new LastQuarter(
                first,
                last,
                energyShare(epochs.subList(begin, epochs.size()), epochs),
                gain,
                whole > 0 ? gain / whole : Double.NaN,
                best.epoch()));
    }

    private static OptionalInt corner(QualityMetric merit, List<Point> points) {
        // An epoch that used nothing that could be told adds no stretch of energy to divide by: the later one stands.
        List<Point> distinct = new ArrayList<>();
        for (Point point : points) {
            if (!distinct.isEmpty() && distinct.get(distinct.size() - 1).microjoules() == point.microjoules()) {
                distinct.remove(distinct.size() - 1);
            }
            distinct.add(point);
        }
        double[] energies = distinct.stream().mapToDouble(Point::microjoules).toArray();
        double[] gains = distinct.stream()
                .mapToDouble(point -> merit.gain(points.get(0).value(), point.value()))
                .toArray();
        OptionalInt corner = KneeDetector.corner(energies, gains, TIMES);
        return corner.isPresent()
                ? OptionalInt.of(distinct.get(corner.getAsInt()).epoch())
                : OptionalInt.empty();
    }
}
