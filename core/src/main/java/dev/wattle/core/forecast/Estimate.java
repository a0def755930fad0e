/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

/**
 * An estimate of a value that is not known yet, with a symmetric 95 % range. Immutable.
 *
 * @param expected the expected value
 * @param margin half the width of the range; NaN where there are too few observations for a range
 */
public record Estimate(double expected, double margin) {

    /** Whether there is a range. */
    public boolean hasRange() {
        return !Double.isNaN(margin);
    }

    /** The lower end of the range, at least 0; NaN without a range. */
    public double low() {
        return hasRange() ? Math.max(0, expected - margin) : Double.NaN;
    }

    /** The upper end of the range; NaN without a range. */
    public double high() {
        return expected + margin;
    }

    /** Whether the value is in the range; false without a range. */
    public boolean covers(double value) {
        return hasRange() && value >= low() && value <= high();
    }

    /** The relative error of the expected value: positive where it is too high, NaN where the actual value is 0. */
    public double errorOf(double actual) {
        return actual == 0 ? Double.NaN : (expected - actual) / actual;
    }
}
