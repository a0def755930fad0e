/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The Pareto front of energy and a metric: the runs that no other run beats. A run beats another where it is better in one of the two
 * and not worse in the other. Runs that are equal in both are on the front together.
 */
public final class ParetoFront {

    private ParetoFront() {}

    /**
     * Marks the runs on the front.
     *
     * @param microjoules the energy of each run
     * @param values the metric of each run; NaN where it is unknown, and then the run is not on the front
     * @return whether each run is on it
     */
    public static boolean[] of(long[] microjoules, double[] values, boolean higherIsBetter) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                order.add(i);
            }
        }
        double sign = higherIsBetter ? 1 : -1;
        order.sort(Comparator.<Integer>comparingLong(i -> microjoules[i]).thenComparing(i -> -sign * values[i]));
        boolean[] front = new boolean[values.length];
        double best = Double.NEGATIVE_INFINITY;
        long energyOfBest = 0;
        boolean any = false;
        for (int i : order) {
            double value = sign * values[i];
            front[i] = !any || value > best || (value == best && microjoules[i] == energyOfBest);
            if (!any || value > best) {
                best = value;
                energyOfBest = microjoules[i];
                any = true;
            }
        }
        return front;
    }
}
