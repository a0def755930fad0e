/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import dev.wattle.core.probe.EnergyDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up windows by name, in bounded memory: names beyond {@value #MOST_NAMES} share one total. Thread-safe. */
public final class WindowTotals implements TrainingObserver {

    /** The name that windows share once there are too many names. */
    public static final String OTHERS = "(other names)";

    static final int MOST_NAMES = 200;

    private final Map<String, WindowTotal> totals = new LinkedHashMap<>();

    @Override
    public synchronized void window(WindowRecord window) {
        boolean room = totals.size() < MOST_NAMES || totals.containsKey(window.name());
        totals.merge(room ? window.name() : OTHERS, of(window, room), WindowTotals::sum);
    }

    /** The totals so far, in the order in which their names first came. */
    public synchronized List<WindowTotal> totals() {
        return new ArrayList<>(totals.values());
    }

    private static WindowTotal of(WindowRecord window, boolean room) {
        return new WindowTotal(
                room ? window.name() : OTHERS,
                1,
                window.nanos(),
                window.microjoules(),
                window.belowResolution() ? 1 : 0);
    }

    private static WindowTotal sum(WindowTotal one, WindowTotal two) {
        Map<EnergyDomain, Long> sums = new LinkedHashMap<>(one.microjoules());
        two.microjoules().forEach((domain, part) -> sums.merge(domain, part, Long::sum));
        return new WindowTotal(
                one.name(),
                one.count() + two.count(),
                one.nanos() + two.nanos(),
                sums,
                one.belowResolution() + two.belowResolution());
    }
}
