/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds the knee that {@link KneeDetector} finds, point by point and in bounded memory, so that it covers a whole training of
 * any number of epochs.
 *
 * <p>The majorant of all points is that of the corners of an earlier majorant and the points since. A median of three is known
 * with the next point, the first of all with the fourth. Beyond {@value #MAX_CORNERS} corners, every second of those far behind
 * the knee is removed, which does not move the knee. For one thread at a time.
 */
final class OnlineKneeDetector {

    static final int MAX_CORNERS = 1_024;

    private static final int MIN_POINTS = 5;

    /** All points are kept up to this number; the smoothing of the first ones needs some of them. */
    private static final int RAW = 8;

    /** @param index how many points came before */
    private record Point(int index, int epoch, double energy, double gain) {}

    private final int times;
    private final List<Point> raw = new ArrayList<>();
    private final List<Point> corners = new ArrayList<>();
    private int count;

    /** How many points are smoothed and in the majorant. */
    private int settled;

    private double best = Double.NEGATIVE_INFINITY;

    /** @param times how much more than the first a unit costs after the knee */
    OnlineKneeDetector(int times) {
        this.times = times;
    }

    /**
     * Adds the next epoch.
     *
     * @param energy used by then; where it is no more than before, the later epoch replaces the earlier
     * @param gain its value, higher is better
     */
    void add(int epoch, double energy, double gain) {
        if (count > 0 && raw.get(raw.size() - 1).energy == energy) {
            count--;
            raw.remove(raw.size() - 1);
        }
        raw.add(new Point(count++, epoch, energy, gain));
        if (count > RAW) {
            settle(count - 3);
        }
    }

    /** Smooths the points before an index: all but the last two, whose neighbours are still to come. */
    private void settle(int until) {
        for (; settled < until; settled++) {
            Point point = smooth(settled);
            best = Math.max(best, point.gain);
            append(corners, new Point(point.index, point.epoch, point.energy, best));
        }
        while (raw.get(0).index < settled - 3) {
            raw.remove(0);
        }
        if (corners.size() > MAX_CORNERS) {
            thin();
        }
    }

    private Point at(int index) {
        return raw.get(index - raw.get(0).index);
    }

    private Point smooth(int index) {
        Point point = at(index);
        double gain;
        if (index == 0) {
            double next = median(0, 1, 2);
            gain = KneeDetector.median(point.gain, next, 3 * next - 2 * median(1, 2, 3));
        } else if (index == count - 1) {
            double before = median(index - 2, index - 1, index);
            gain = KneeDetector.median(point.gain, before, 3 * before - 2 * median(index - 3, index - 2, index - 1));
        } else {
            gain = median(index - 1, index, index + 1);
        }
        return new Point(index, point.epoch, point.energy, gain);
    }

    private double median(int before, int index, int after) {
        return KneeDetector.median(at(before).gain, at(index).gain, at(after).gain);
    }

    private static void append(List<Point> majorant, Point point) {
        while (majorant.size() >= 2) {
            Point last = majorant.get(majorant.size() - 1);
            if (slope(majorant.get(majorant.size() - 2), last) > slope(last, point)) {
                break;
            }
            majorant.remove(majorant.size() - 1);
        }
        majorant.add(point);
    }

    private static double slope(Point from, Point to) {
        return (to.gain - from.gain) / (to.energy - from.energy);
    }

    private void thin() {
        double far = slope(corners.get(0), corners.get(1)) / times / 2;
        List<Point> fewer = new ArrayList<>(MAX_CORNERS);
        for (int i = 0; i < corners.size(); i++) {
            boolean isFar = i > 1 && (slope(corners.get(i - 1), corners.get(i)) < far || corners.size() / 2 < i);
            if (!isFar || i % 2 == 1 || i == corners.size() - 1) {
                fewer.add(corners.get(i));
            }
        }
        corners.clear();
        corners.addAll(fewer);
    }

    /** The epoch after which each further unit costs more than so many times the first; empty where there is none. */
    OptionalInt knee() {
        if (count < MIN_POINTS) {
            return OptionalInt.empty();
        }
        List<Point> all = new ArrayList<>(corners);
        double highest = best;
        for (int index = settled; index < count; index++) {
            Point point = smooth(index);
            highest = Math.max(highest, point.gain);
            append(all, new Point(index, point.epoch, point.energy, highest));
        }
        double first = slope(all.get(0), all.get(1));
        if (first <= 0) {
            return OptionalInt.empty();
        }
        for (int i = 1; i < all.size() - 1; i++) {
            if (slope(all.get(i), all.get(i + 1)) * times < first) {
                return all.get(i).index < count - 2 ? OptionalInt.of(all.get(i).epoch) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }
}
