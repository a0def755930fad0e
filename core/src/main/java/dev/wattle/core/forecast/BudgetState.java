/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

/**
 * How much of a budget is used. Immutable.
 *
 * @param stops whether training is asked to stop once the budget is used up
 * @param usedRatio the part that is used; above 1 where the budget is exceeded
 * @param nanosLeft the time until the budget is used up, at the rate of the last minute, in nanoseconds; 0 where it is used
 *     up, {@link #UNKNOWN} where nothing was used in that minute or no rate is known yet
 * @param stopped the number of trainings that stopped because the budget is used up
 */
public record BudgetState(Budget budget, boolean stops, double usedRatio, long nanosLeft, int stopped) {

    /** The value of {@code nanosLeft} where no rate is known. */
    public static final long UNKNOWN = -1;

    /** A state in which no training has stopped. */
    public BudgetState(Budget budget, boolean stops, double usedRatio, long nanosLeft) {
        this(budget, stops, usedRatio, nanosLeft, 0);
    }

    /** The same state with the number of trainings that stopped. */
    public BudgetState withStopped(int trainings) {
        return new BudgetState(budget, stops, usedRatio, nanosLeft, trainings);
    }

    /** Whether the whole budget is used. */
    public boolean isUsedUp() {
        return usedRatio >= 1;
    }
}
