/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

/**
 * How much of a budget is used.
 *
 * @param stops whether training is to end once it is used up
 * @param usedRatio what part is used; above 1 when it is exceeded
 * @param nanosLeft in how much time the rest is gone, at the rate of the last minute; 0 when it is, {@link #UNKNOWN} where
 *     nothing is being used or it is too early to tell
 * @param stopped how many trainings were ended because it is used up
 */
public record BudgetState(Budget budget, boolean stops, double usedRatio, long nanosLeft, int stopped) {

    /** The time left where nobody can tell. */
    public static final long UNKNOWN = -1;

    /** One for which no training was ended so far. */
    public BudgetState(Budget budget, boolean stops, double usedRatio, long nanosLeft) {
        this(budget, stops, usedRatio, nanosLeft, 0);
    }

    /** The same, with the number of trainings that were ended for it. */
    public BudgetState withStopped(int trainings) {
        return new BudgetState(budget, stops, usedRatio, nanosLeft, trainings);
    }

    /** Whether it is used up. */
    public boolean isUsedUp() {
        return usedRatio >= 1;
    }
}
