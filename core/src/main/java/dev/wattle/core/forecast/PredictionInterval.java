/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import java.util.Arrays;

/**
 * What epochs cost one by one, and what that says of the epochs to come. A quantity may be told of several epochs together.
 *
 * <p>The sum of the {@code m} epochs to come, of {@code k} observations with mean {@code x} and standard deviation {@code s},
 * is expected at {@code m x}, and with a confidence of 95 % within {@code t(0.975, k - 1) s sqrt(m + m^2 / k)} of it: the
 * variance of a sum of m new values, m s^2, and that of m times a mean of k, m^2 s^2 / k. This is the prediction interval
 * for the mean of m future observations (Hahn and Meeker, Statistical Intervals, 1991, section 4.8), times m. It takes
 * epochs to be independent and alike; where they drift, it is too narrow.
 *
 * <p>Several epochs told together are one observation: their mean has a variance of {@code s^2 / count}, by which it is
 * weighted; the number of epochs takes the place of k in the root, and that of observations in t.
 */
final class PredictionInterval {

    private double[] totals = new double[16];
    private int[] counts = new int[16];
    private int observations;
    private int epochs;
    private double total;

    void add(int count, double sum) {
        if (observations == totals.length) {
            totals = Arrays.copyOf(totals, 2 * observations);
            counts = Arrays.copyOf(counts, 2 * observations);
        }
        totals[observations] = sum;
        counts[observations] = count;
        observations++;
        epochs += count;
        total += sum;
    }

    int epochs() {
        return epochs;
    }

    /** What so many further epochs add to what is known. */
    Estimate after(double known, int remaining) {
        double mean = total / epochs;
        return new Estimate(known + mean * remaining, margin(mean, remaining));
    }

    private double margin(double mean, int remaining) {
        if (observations < 2) {
            return Double.NaN;
        }
        double squares = 0;
        for (int i = 0; i < observations; i++) {
            double off = totals[i] / counts[i] - mean;
            squares += counts[i] * off * off;
        }
        double deviation = Math.sqrt(squares / (observations - 1));
        double m = remaining;
        return StudentT.twoSided95(observations - 1) * deviation * Math.sqrt(m + m * m / epochs);
    }
}
