/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the kernel's lists of processors, such as {@code 0,32} or {@code 0-1,4}. */
final class CpuList {
    private static final int MOST = 1 << 16;

    private CpuList() {}

    /**
     * The processors in rising order.
     *
     * @throws IllegalArgumentException if the text is no such list
     */
    static List<Integer> parse(String text) {
        SortedSet<Integer> cpus = new TreeSet<>();
        for (String range : text.strip().split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            if (first < 0 || last < first || last >= MOST) {
                throw new NumberFormatException("no range of processors: '" + range + "'");
            }
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        return List.copyOf(cpus);
    }
}
