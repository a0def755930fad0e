/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.WindowTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The windows that the program named, as a table of at most {@value #MAX_ROWS} rows, and the notes below it. */
public final class WindowTable {

    static final int MAX_ROWS = 12;

    private static final int NAME_WIDTH = 24;

    private WindowTable() {}

    /** The table's lines, its head first; none where there are no windows. */
    public static List<String> lines(List<WindowTotals> windows, RunUnits units) {
        List<String> lines = new ArrayList<>();
        if (!windows.isEmpty()) {
            lines.add(String.format((Locale) null, "  %-24s %9s %14s %12s", "window", "times", "time", "energy"));
            windows.stream().limit(MAX_ROWS).forEach(window -> lines.add(row(window, units)));
        }
        return lines;
    }

    /** How many windows have no row. */
    public static int omitted(List<WindowTotals> windows) {
        return Math.max(0, windows.size() - MAX_ROWS);
    }

    /** What the signs behind the energies mean, a sentence each. */
    public static List<String> notes(List<WindowTotals> windows) {
        List<String> notes = new ArrayList<>();
        if (windows.stream().anyMatch(window -> window.incomplete() > 0)) {
            notes.add("! a device did not respond during some of them: their energy is incomplete");
        }
        if (windows.stream().anyMatch(window -> window.belowResolution() > 0)) {
            notes.add("~ some were shorter than two steps of the slowest sensor");
        }
        long unmeteredNanos =
                windows.stream().mapToLong(WindowTotals::unmeteredNanos).sum();
        if (unmeteredNanos > 0) {
            notes.add(String.format((Locale) null, "! %.3f s", EnergyUnits.seconds(unmeteredNanos))
                    + " of these came before the first reading and is not metered");
        }
        return notes;
    }

    /** The signs behind a window's energy, each after a space; empty where its energy is whole and resolved. */
    public static String marks(WindowTotals window) {
        return (window.belowResolution() > 0 ? " ~" : "")
                + (window.unmeteredNanos() > 0 || window.incomplete() > 0 ? " !" : "");
    }

    private static String row(WindowTotals window, RunUnits units) {
        String name = PrintableName.of(window.name());
        return String.format(
                (Locale) null,
                "  %-24s %9d %14s %12s%s",
                name.length() > NAME_WIDTH ? name.substring(0, NAME_WIDTH - 2) + ".." : name,
                window.count(),
                QuantityFormat.duration(window.nanos()),
                units.energy(window.totalMicrojoules()),
                marks(window));
    }
}
