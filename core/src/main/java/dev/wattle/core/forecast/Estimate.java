/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

/**
 * A quantity that is not known yet, and how far it may lie from what is expected.
 *
 * @param expected the best guess
 * @param margin the true value is expected within this distance in 95 of 100 cases; NaN where nothing tells
 */
public record Estimate(double expected, double margin) {

    /** Whether there is a range at all. */
    public boolean hasRange() {
        return !Double.isNaN(margin);
    }

    /** The range's lower end, never below zero; NaN where there is none. */
    public double low() {
        return hasRange() ? Math.max(0, expected - margin) : Double.NaN;
    }

    /** The range's upper end; NaN where there is none. */
    public double high() {
        return expected + margin;
    }

    /** Whether a value lies in the range; never where there is none. */
    public boolean covers(double value) {
        return hasRange() && value >= low() && value <= high();
    }

    /** How far the expectation lies above the truth, as a part of the truth; NaN where the truth is zero. */
    public double errorOf(double truth) {
        return truth == 0 ? Double.NaN : (expected - truth) / truth;
    }
}
