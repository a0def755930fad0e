/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.report.text.RunUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run's energy by phase, with each phase's share. */
final class PhaseTable {

    private PhaseTable() {}

    /** The table's lines, its head first; none where no energy is known. */
    static List<String> lines(List<PhaseEnergy> phases, RunUnits units) {
        long total = phases.stream().mapToLong(PhaseEnergy::totalMicrojoules).sum();
        List<String> lines = new ArrayList<>();
        if (total > 0) {
            lines.add(String.format((Locale) null, "  %-22s %12s %8s", "phase", "energy", "share"));
            phases.forEach(phase -> lines.add(row(nameOf(phase), phase.totalMicrojoules(), total, units)));
            lines.add(row("all", total, total, units));
        }
        return lines;
    }

    static String nameOf(PhaseEnergy phase) {
        return phase.framework().equals(PhaseEnergy.NO_FRAMEWORK)
                ? phase.phase().tag()
                : phase.framework() + " " + phase.phase().tag();
    }

    private static String row(String name, long microjoules, long total, RunUnits units) {
        return String.format(
                (Locale) null, "  %-22s %12s %6.1f %%", name, units.energy(microjoules), 100.0 * microjoules / total);
    }
}
