/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import dev.wattle.core.carbon.CarbonSettings;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Compares what a run has used with its budget. Calls its listeners once each at 50, 80 and 100 %, and requests a stop where
 * that is configured. It stops nothing itself.
 *
 * <p>One thread updates it, once a second. All other methods may be called on any thread.
 */
public final class BudgetMonitor {

    private static final int[] THRESHOLDS = {50, 80, 100};

    /** The number of updates over which the rate is averaged: a minute. */
    private static final int RATE_UPDATES = 60;

    private final Budget budget;
    private final boolean stops;
    private final CarbonSettings carbon;
    private final List<BudgetListener> listeners = new CopyOnWriteArrayList<>();
    private final double[] ratios = new double[RATE_UPDATES];
    private final long[] instants = new long[RATE_UPDATES];
    private int updates;
    private int reached;
    private volatile BudgetState state;

    /**
     * Makes a monitor of one run.
     *
     * @param stops whether training is asked to stop when the budget is used up
     * @param carbon converts energy for a budget of CO2e
     */
    public BudgetMonitor(Budget budget, boolean stops, CarbonSettings carbon) {
        this.budget = budget;
        this.stops = stops;
        this.carbon = carbon;
        this.state = new BudgetState(budget, stops, 0, BudgetState.UNKNOWN);
    }

    /** The thresholds at which listeners are called, in percent, ascending. */
    public static List<Integer> thresholds() {
        return Arrays.stream(THRESHOLDS).boxed().toList();
    }

    /** Adds a listener; it is called from the next update on. */
    public void addListener(BudgetListener listener) {
        listeners.add(listener);
    }

    /**
     * Sets what the run has used so far, and calls the listeners of each threshold that this reaches.
     *
     * @param microjoules energy since the run started
     * @param nanos time since the run started
     */
    public void update(long microjoules, long nanos) {
        update(microjoules, carbon.gramsCo2e(microjoules), nanos);
    }

    /** The same, with the CO2e of that energy in grams. */
    public void update(long microjoules, double gramsCo2e, long nanos) {
        double ratio = budget.usedRatio(microjoules, gramsCo2e, nanos);
        state = new BudgetState(budget, stops, ratio, nanosLeft(ratio, nanos));
        int slot = updates++ % RATE_UPDATES;
        ratios[slot] = ratio;
        instants[slot] = nanos;
        while (reached < THRESHOLDS.length && ratio * 100 >= THRESHOLDS[reached]) {
            int percent = THRESHOLDS[reached++];
            listeners.forEach(listener -> listener.reached(percent, state));
        }
    }

    /** The state at the latest update. */
    public BudgetState state() {
        return state;
    }

    /** Whether the budget is used up and training is asked to stop for that. */
    public boolean isStopRequested() {
        return stops && state.isUsedUp();
    }

    private long nanosLeft(double ratio, long nanos) {
        if (ratio >= 1) {
            return 0;
        }
        if (updates == 0) {
            return BudgetState.UNKNOWN;
        }
        int oldest = updates < RATE_UPDATES ? 0 : updates % RATE_UPDATES;
        double used = ratio - ratios[oldest];
        long elapsed = nanos - instants[oldest];
        return used <= 0 || elapsed <= 0 ? BudgetState.UNKNOWN : (long) Math.ceil((1 - ratio) / used * elapsed);
    }
}
