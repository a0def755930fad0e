/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Finds the knee of a learning curve: the last point before each further unit of improvement costs more than a given number
 * of times the first.
 *
 * <p>Improvement over energy is smoothed in three steps, which change nothing of a curve that is concave already:
 *
 * <ol>
 *   <li>running medians of three, the ends by Tukey's rule (Exploratory Data Analysis, 1977, chapter 7), so that no single
 *       outlier decides;
 *   <li>the best so far, since a model that got worse is not kept;
 *   <li>the least concave majorant, that is, the upper hull: a plateau before a later rise is averaged with that rise, and the
 *       price per unit only grows.
 * </ol>
 *
 * <p>The first price is that of the majorant's first piece. The knee is the first corner after which a piece costs more than
 * {@code times} as much per unit; a flat piece costs infinitely much. There is no knee where nothing improves, and none within
 * the last two points, where it is too early to say.
 */
final class KneeDetector {

    private KneeDetector() {}

    /**
     * Finds the knee.
     *
     * @param energies of the points, increasing
     * @param improvements of the points, higher is better
     * @param times how much more a unit costs after the knee
     * @return the index of its point; empty where there is none
     */
    static OptionalInt knee(double[] energies, double[] improvements, double times) {
        int count = energies.length;
        if (count < 5) {
            return OptionalInt.empty();
        }
        double[] best = bestSoFar(medians(improvements));
        int[] majorant = majorant(energies, best);
        double first = slope(energies, best, majorant[0], majorant[1]);
        if (first <= 0) {
            return OptionalInt.empty();
        }
        for (int i = 1; i < majorant.length - 1; i++) {
            double next = slope(energies, best, majorant[i], majorant[i + 1]);
            if (next * times < first) {
                return majorant[i] < count - 2 ? OptionalInt.of(majorant[i]) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    static double[] medians(double[] values) {
        double[] smooth = values.clone();
        int last = values.length - 1;
        for (int i = 1; i < last; i++) {
            smooth[i] = median(values[i - 1], values[i], values[i + 1]);
        }
        smooth[0] = median(values[0], smooth[1], 3 * smooth[1] - 2 * smooth[2]);
        smooth[last] = median(values[last], smooth[last - 1], 3 * smooth[last - 1] - 2 * smooth[last - 2]);
        return smooth;
    }

    static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private static double[] bestSoFar(double[] values) {
        double[] best = values.clone();
        for (int i = 1; i < best.length; i++) {
            best[i] = Math.max(best[i], best[i - 1]);
        }
        return best;
    }

    /** The corners of the least concave majorant, first and last point among them: the upper half of the convex hull. */
    private static int[] majorant(double[] x, double[] y) {
        int[] corners = new int[x.length];
        int size = 0;
        for (int i = 0; i < x.length; i++) {
            while (size >= 2
                    && slope(x, y, corners[size - 2], corners[size - 1]) <= slope(x, y, corners[size - 1], i)) {
                size--;
            }
            corners[size++] = i;
        }
        return Arrays.copyOf(corners, size);
    }

    private static double slope(double[] x, double[] y, int from, int to) {
        return (y[to] - y[from]) / (x[to] - x[from]);
    }
}
