/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.epoch.PhaseEnergy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run's energy by phase, with each phase's share. */
final class PhaseTable {

    private PhaseTable() {}

    /** The table's lines, its head first; none where no energy is known. */
    static List<String> lines(List<PhaseEnergy> phases) {
        long total = phases.stream().mapToLong(PhaseEnergy::totalMicrojoules).sum();
        List<String> lines = new ArrayList<>();
        if (total > 0) {
            lines.add(String.format((Locale) null, "  %-22s %12s %8s", "phase", "energy", "share"));
            phases.forEach(phase -> lines.add(row(nameOf(phase), phase.totalMicrojoules(), total)));
            lines.add(row("all", total, total));
        }
        return lines;
    }

    private static String nameOf(PhaseEnergy phase) {
        return phase.framework().equals(PhaseEnergy.NO_FRAMEWORK)
                ? phase.phase().tag()
                : phase.framework() + " " + phase.phase().tag();
    }

    private static String row(String name, long microjoules, long total) {
        return String.format(
                (Locale) null,
                "  %-22s %12s %6.1f %%",
                name,
                QuantityFormat.joules(microjoules),
                100.0 * microjoules / total);
    }
}
