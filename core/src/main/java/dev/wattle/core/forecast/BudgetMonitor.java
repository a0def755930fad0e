/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import dev.wattle.core.carbon.CarbonSettings;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Holds a run against its budget: tells its listeners once each when 50, 80 and 100 % are used, and asks for a stop where
 * that was configured. It stops nothing itself.
 *
 * <p>Fed once a second by one thread; asked by any.
 */
public final class BudgetMonitor {

    private static final int[] PERCENTS = {50, 80, 100};

    /** How many feedings the rate is a mean of: a minute. */
    private static final int WINDOW = 60;

    private final Budget budget;
    private final boolean stops;
    private final CarbonSettings carbon;
    private final List<BudgetListener> listeners = new CopyOnWriteArrayList<>();
    private final double[] ratios = new double[WINDOW];
    private final long[] instants = new long[WINDOW];
    private int fed;
    private int told;
    private volatile BudgetState state;

    /**
     * Watches one run.
     *
     * @param stops whether training is to end when all is used
     * @param carbon what a budget of CO2e goes by
     */
    public BudgetMonitor(Budget budget, boolean stops, CarbonSettings carbon) {
        this.budget = budget;
        this.stops = stops;
        this.carbon = carbon;
        this.state = new BudgetState(budget, stops, 0, BudgetState.UNKNOWN);
    }

    /** The parts that are told, in percent and in order. */
    public static List<Integer> percents() {
        return Arrays.stream(PERCENTS).boxed().toList();
    }

    /** Has the listener told from now on. */
    public void tell(BudgetListener listener) {
        listeners.add(listener);
    }

    /**
     * Takes what the run has used.
     *
     * @param microjoules since it began
     * @param nanos since it began
     */
    public void feed(long microjoules, long nanos) {
        double ratio = budget.usedRatio(microjoules, nanos, carbon);
        state = new BudgetState(budget, stops, ratio, nanosLeft(ratio, nanos));
        int slot = fed++ % WINDOW;
        ratios[slot] = ratio;
        instants[slot] = nanos;
        while (told < PERCENTS.length && ratio * 100 >= PERCENTS[told]) {
            int percent = PERCENTS[told++];
            listeners.forEach(listener -> listener.reached(percent, state));
        }
    }

    /** How much is used. */
    public BudgetState state() {
        return state;
    }

    /** Whether all is used and training is to end for it. */
    public boolean isStopAsked() {
        return stops && state.isUsedUp();
    }

    private long nanosLeft(double ratio, long nanos) {
        if (ratio >= 1) {
            return 0;
        }
        if (fed == 0) {
            return BudgetState.UNKNOWN;
        }
        int oldest = fed < WINDOW ? 0 : fed % WINDOW;
        double used = ratio - ratios[oldest];
        long elapsed = nanos - instants[oldest];
        return used <= 0 || elapsed <= 0 ? BudgetState.UNKNOWN : (long) Math.ceil((1 - ratio) / used * elapsed);
    }
}
