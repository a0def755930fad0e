/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

/**
 * What a framework has done since the run started.
 *
 * @param epochs passes over the training data that have ended
 * @param iterations updates of a model's weights, those included that were lost on their way to the meter
 * @param samples those that the iterations learned from, as far as known
 */
public record FrameworkTotals(long epochs, long iterations, long samples) {

    /** Of a framework that has done nothing. */
    public static final FrameworkTotals NONE = new FrameworkTotals(0, 0, 0);
}
