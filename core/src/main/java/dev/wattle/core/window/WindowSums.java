/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.epoch.WindowRecord;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.probe.EnergyDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sums of closed windows by name. The number of names is bounded: further ones are one. Not thread-safe. */
final class WindowSums {

    static final int MAX_NAMES = 1_000;

    private final Map<String, Sum> sums = new LinkedHashMap<>();

    void add(WindowRecord window) {
        Sum sum = sums.get(window.name());
        if (sum == null) {
            String name = sums.size() < MAX_NAMES ? window.name() : WindowTotals.OTHER;
            sum = sums.computeIfAbsent(name, first -> new Sum());
        }
        sum.add(window);
    }

    /** One for each name, in the order in which the names came. */
    List<WindowTotals> totals() {
        List<WindowTotals> totals = new ArrayList<>();
        sums.forEach((name, sum) -> totals.add(sum.totals(name)));
        return totals;
    }

    private static final class Sum {
        private final Map<EnergyDomain, Long> microjoules = new LinkedHashMap<>();
        private long count;
        private long nanos;
        private long minMicrojoules = Long.MAX_VALUE;
        private long maxMicrojoules;
        private long belowResolution;
        private long unmeteredNanos;
        private long incomplete;

        void add(WindowRecord window) {
            count++;
            nanos += window.nanos();
            EnergySums.add(microjoules, window.microjoules());
            long total = window.totalMicrojoules();
            minMicrojoules = Math.min(minMicrojoules, total);
            maxMicrojoules = Math.max(maxMicrojoules, total);
            belowResolution += window.belowResolution() ? 1 : 0;
            unmeteredNanos += window.unmeteredNanos();
            incomplete += window.incomplete() ? 1 : 0;
        }

        WindowTotals totals(String name) {
            return new WindowTotals(
                    name,
                    count,
                    nanos,
                    new LinkedHashMap<>(microjoules),
                    minMicrojoules,
                    maxMicrojoules,
                    belowResolution,
                    unmeteredNanos,
                    incomplete);
        }
    }
}
