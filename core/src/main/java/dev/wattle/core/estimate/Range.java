/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

/**
 * An estimated figure with its range, in any unit. Immutable.
 *
 * @param expected the figure
 * @param low not above {@code expected}
 * @param high not below {@code expected}
 */
public record Range(double expected, double low, double high) {

    /** A figure without a range. */
    public static Range exactly(double value) {
        return new Range(value, value, value);
    }

    /** @throws IllegalArgumentException if a figure is negative or not finite, or {@code expected} is outside the range */
    public Range {
        if (!(low >= 0 && low <= expected && expected <= high && Double.isFinite(high))) {
            throw new IllegalArgumentException(expected + " from " + low + " to " + high + " is not a range");
        }
    }

    /** Whether there is no range. */
    public boolean isExact() {
        return low == high;
    }

    /** This figure times a factor that is exact and not negative. */
    public Range times(double factor) {
        return new Range(expected * factor, low * factor, high * factor);
    }

    /** The sum of two figures. Both are low, or high, at the same time, so the range is the widest one. */
    public Range plus(Range other) {
        return new Range(expected + other.expected, low + other.low, high + other.high);
    }
}
