/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

/** Receives a call when a run has used a part of its budget, on the thread that updates the {@link BudgetMonitor}. */
public interface BudgetListener {

    /**
     * A threshold is reached for the first time. Must not block.
     *
     * @param percent the threshold: 50, 80 or 100
     * @param state the exact part that is used
     */
    void reached(int percent, BudgetState state);
}
