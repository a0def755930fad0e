/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import java.util.Map;

/** Adds up energies in whole microjoules, so that sums are exact. */
public final class EnergySums {

    private EnergySums() {}

    /** The sum of all values, in microjoules. */
    public static long total(Map<?, Long> microjoules) {
        long sum = 0;
        for (long part : microjoules.values()) {
            sum += part;
        }
        return sum;
    }

    /** Adds each value to that of the same key, in microjoules. */
    public static <K> void add(Map<K, Long> sums, Map<K, Long> microjoules) {
        microjoules.forEach((key, part) -> sums.merge(key, part, Long::sum));
    }
}
