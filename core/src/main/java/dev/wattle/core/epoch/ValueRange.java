/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.Collection;

/**
 * The range of the values of a plot without outliers, which would compress all others into a line.
 *
 * <p>Up to a twentieth of the values, and at least one, is an outlier at either end where the step to the next value is more
 * than {@value #FAR} times as long as the whole range of the others. A curve that falls steeply at first has no such step.
 *
 * @param low the lowest value that is no outlier
 * @param high the highest
 */
public record ValueRange(double low, double high) {

    private static final int FAR = 5;
    private static final int PART = 20;

    /** With fewer values than this, none is an outlier. */
    private static final int MIN_VALUES = 5;

    /** The range of finite values; of at least one. */
    public static ValueRange of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int last = sorted.length - 1;
        if (sorted.length < MIN_VALUES) {
            return new ValueRange(sorted[0], sorted[last]);
        }
        int maximum = Math.max(1, sorted.length / PART);
        int from = 0;
        int to = last;
        for (int aside = maximum; aside > 0; aside--) {
            if (to == last
                    && isFar(sorted[last - aside] - sorted[maximum], sorted[last - aside + 1] - sorted[last - aside])) {
                to = last - aside;
            }
            if (from == 0 && isFar(sorted[last - maximum] - sorted[aside], sorted[aside] - sorted[aside - 1])) {
                from = aside;
            }
        }
        return new ValueRange(sorted[from], sorted[to]);
    }

    private static boolean isFar(double range, double step) {
        return range > 0 && step > FAR * range;
    }

    /** Whether a value is an outlier. */
    public boolean isBeyond(double value) {
        return value < low || value > high;
    }

    /** The value, or the nearest end of the range. */
    public double clamp(double value) {
        return Math.max(low, Math.min(high, value));
    }

    /** The length of the range. */
    double length() {
        return high - low;
    }
}
