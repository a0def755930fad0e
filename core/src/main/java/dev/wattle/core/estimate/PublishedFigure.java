/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A figure as a paper prints it, and what its own inputs give. Immutable.
 *
 * @param printed the paper's number, letter by letter
 * @param unit of both
 * @param recomputed in the same unit; NaN where it cannot be recomputed
 */
public record PublishedFigure(String printed, String unit, double recomputed) {

    /** The printed number. */
    public double published() {
        return Double.parseDouble(printed);
    }

    /** Whether it can be recomputed. */
    public boolean isRecomputed() {
        return !Double.isNaN(recomputed);
    }

    /** The recomputed figure over the printed one, less 1; NaN where it cannot be recomputed. */
    public double relativeDifference() {
        return recomputed / published() - 1;
    }

    /** Whether the recomputed figure, rounded as the paper rounds, is the printed one. */
    public boolean isEqualWhenRounded() {
        BigDecimal number = new BigDecimal(printed);
        return isRecomputed()
                && BigDecimal.valueOf(recomputed)
                                .setScale(number.scale(), RoundingMode.HALF_UP)
                                .compareTo(number)
                        == 0;
    }
}
