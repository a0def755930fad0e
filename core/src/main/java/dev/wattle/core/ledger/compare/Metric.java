/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.compare;

import dev.wattle.core.epoch.QualityMetric;

/**
 * The metric that runs are compared by. Immutable.
 *
 * @param name as the framework calls it
 * @param higherIsBetter whether a higher value is better
 * @param inPoints whether all values are from 0 to 1, so that differences are percentage points
 */
public record Metric(String name, boolean higherIsBetter, boolean inPoints) {

    /** By how much {@code to} is better than {@code from}, in points or in the metric's unit; negative for worse. */
    public double gain(double from, double to) {
        return new QualityMetric(name, higherIsBetter, inPoints).gain(from, to);
    }

    /** Whether a value is at least as good as another. */
    public boolean isReached(double goal, double value) {
        return higherIsBetter ? value >= goal : value <= goal;
    }
}
