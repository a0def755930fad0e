/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The scale of one axis of a chart: its range, and round values to label. Linear, or logarithmic where all values are positive
 * and the largest is far above the smallest. Immutable.
 *
 * @param low the value at the start of the axis
 * @param high the value at its end, above {@code low}
 * @param logarithmic whether equal distances are equal factors
 * @param ticks the values with a label, in order
 * @param labels the labels, in the unit of the axis
 */
record Axis(double low, double high, boolean logarithmic, List<Double> ticks, List<String> labels) {

    /** The step between two labels is one of these, times a power of ten. */
    private static final double[] STEPS = {1, 2, 5, 10};

    private static final double MIN_FACTOR_FOR_LOG = 50;

    /** Beyond, sums of values overflow, or powers of ten become zero. */
    private static final double MAX = 1e300;

    /** Values that differ by less, in relation to their size, are drawn as one. */
    private static final double MIN_DIFFERENCE = 1e-9;

    /** From zero to at least {@code largest}. */
    static Axis fromZero(double largest, int maxTicks) {
        return linear(0, largest > 0 ? largest : 1, maxTicks);
    }

    /** Over the values, in the scale that shows them better. */
    static Axis of(double smallest, double largest, int maxTicks) {
        return smallest > 1 / MAX && largest < MAX && largest / smallest >= MIN_FACTOR_FOR_LOG
                ? logarithmic(smallest, largest, maxTicks)
                : linear(smallest, largest, maxTicks);
    }

    static Axis linear(double smallest, double largest, int maxTicks) {
        double from = Math.max(-MAX, Math.min(MAX, smallest));
        double to = Math.max(-MAX, Math.min(MAX, largest));
        double size = Math.max(Math.abs(from), Math.abs(to));
        if (!(to / 2 - from / 2 > MIN_DIFFERENCE * size) || size < 1 / MAX) {
            double room = size < 1 / MAX ? 1 : size * 0.05;
            from -= room;
            to += room;
        }
        // Halves, since the difference of two values can overflow.
        double step = step((to / 2 - from / 2) / maxTicks * 2);
        double first = Math.floor(from / step + 1e-9);
        double last = Math.ceil(to / step - 1e-9);
        List<Double> ticks = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        int decimals = Math.max(0, -(int) Math.floor(Math.log10(step) + 1e-9));
        for (double i = first; i <= last && ticks.size() <= 2 * maxTicks; i++) {
            ticks.add(i * step);
            labels.add(label(i * step, decimals));
        }
        return new Axis(first * step, Math.max(last, first + 1) * step, false, ticks, labels);
    }

    private static Axis logarithmic(double smallest, double largest, int maxTicks) {
        int first = (int) Math.floor(Math.log10(smallest) + 1e-9);
        int last = (int) Math.ceil(Math.log10(largest) - 1e-9);
        int every = Math.max(1, (int) Math.ceil((last - first + 1.0) / maxTicks));
        List<Double> ticks = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent++) {
            if ((exponent - first) % every == 0) {
                ticks.add(Math.pow(10, exponent));
                labels.add(label(Math.pow(10, exponent), Math.max(0, -exponent)));
            }
        }
        return new Axis(Math.pow(10, first), Math.pow(10, last), true, ticks, labels);
    }

    private static double step(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double step : STEPS) {
            if (step * power >= raw * (1 - 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static String label(double value, int decimals) {
        boolean large = Math.abs(value) >= 1e6 || decimals > 6;
        return String.format((Locale) null, large && value != 0 ? "%.0e" : "%." + Math.min(6, decimals) + "f", value);
    }

    /** Where a value is, from 0 at the start of the axis to 1 at its end; values beyond are at the nearest end. */
    double position(double value) {
        double part = logarithmic
                ? (Math.log10(Math.max(value, low)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value / 2 - low / 2) / (high / 2 - low / 2);
        return Double.isNaN(part) ? 0 : Math.max(0, Math.min(1, part));
    }
}
