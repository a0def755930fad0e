/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

/** Is told when a part of a budget is used. Called on the thread that feeds the {@link BudgetMonitor}; must not block. */
public interface BudgetListener {

    /**
     * So much is used, for the first time.
     *
     * @param percent 50, 80 or 100
     * @param state how much really is
     */
    void reached(int percent, BudgetState state);
}
