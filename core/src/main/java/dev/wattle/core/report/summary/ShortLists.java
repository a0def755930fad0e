/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.report.text.PrintableName;
import dev.wattle.core.report.text.RunUnits;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Phases and windows, each in one sentence in place of a table. */
final class ShortLists {

    private static final int MAX_WINDOWS = 3;
    private static final int MAX_NAME = 24;

    private ShortLists() {}

    /** The share of each phase; empty where no energy is known. */
    static Optional<String> phases(List<PhaseEnergy> phases) {
        long total = phases.stream().mapToLong(PhaseEnergy::totalMicrojoules).sum();
        if (total <= 0 || phases.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(phases.stream()
                .map(phase -> PhaseTable.nameOf(phase)
                        + String.format((Locale) null, " %.1f %%", 100.0 * phase.totalMicrojoules() / total))
                .collect(Collectors.joining(", ")));
    }

    /** The windows with the most energy; empty where there are no windows. */
    static Optional<String> windows(List<WindowTotals> windows, RunUnits units) {
        if (windows.isEmpty()) {
            return Optional.empty();
        }
        String largest = windows.stream()
                .sorted(Comparator.comparingLong(WindowTotals::totalMicrojoules).reversed())
                .limit(MAX_WINDOWS)
                .map(window -> PrintableName.of(window.name(), MAX_NAME) + " " + units.energy(window.totalMicrojoules())
                        + (window.incomplete() > 0 || window.unmeteredNanos() > 0 ? " (incomplete)" : ""))
                .collect(Collectors.joining(", "));
        int omitted = windows.size() - MAX_WINDOWS;
        return Optional.of(omitted > 0 ? largest + "; " + omitted + " more" : largest);
    }
}
