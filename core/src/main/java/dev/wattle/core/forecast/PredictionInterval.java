/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import java.util.Arrays;

/**
 * Predicts the sum of a quantity over future epochs from its values in past epochs. Not thread-safe.
 *
 * <p>From {@code k} past epochs with mean {@code x} and standard deviation {@code s}, the sum of {@code m} future epochs is
 * expected at {@code m x}, and with a confidence of 95 % within {@code t(0.975, k - 1) s sqrt(m + m^2 / k)} of that. The root
 * adds the variance of a sum of m new values, {@code m s^2}, and that of m times a mean of k, {@code m^2 s^2 / k}. This is the
 * prediction interval for the mean of m future observations (Hahn and Meeker, Statistical Intervals, 1991, section 4.8), times
 * m. It assumes that epochs are independent and identically distributed; where they drift, it is too narrow.
 *
 * <p>An observation may be the sum of several epochs. Its mean has the variance {@code s^2 / count} and is weighted by that.
 * Then k is the number of epochs in the root, and the number of observations in t.
 */
public final class PredictionInterval {

    private double[] totals = new double[16];
    private int[] counts = new int[16];
    private int observations;
    private int epochs;
    private double total;

    /** Adds an observation: the sum of the quantity over {@code count} epochs. */
    public void add(int count, double sum) {
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

    /** The number of epochs in all observations. */
    int epochs() {
        return epochs;
    }

    /**
     * The sum after {@code remaining} further epochs, which may be a part of one, from the sum so far. At least one observation is
     * needed.
     */
    public Estimate after(double sumSoFar, double remaining) {
        double mean = total / epochs;
        return new Estimate(sumSoFar + mean * remaining, margin(mean, remaining));
    }

    private double margin(double mean, double m) {
        if (observations < 2) {
            return Double.NaN;
        }
        double squares = 0;
        for (int i = 0; i < observations; i++) {
            double difference = totals[i] / counts[i] - mean;
            squares += counts[i] * difference * difference;
        }
        double deviation = Math.sqrt(squares / (observations - 1));
        return StudentT.twoSided95(observations - 1) * deviation * Math.sqrt(m + m * m / epochs);
    }
}
