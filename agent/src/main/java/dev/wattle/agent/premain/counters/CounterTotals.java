/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.counters;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * What is reported of a program that ended before metering started: the increase of each package's and each memory's
 * counter since the agent's arrival. There is no sum, because the meter decides later which zones count. Never throws.
 */
public final class CounterTotals {
    private static final int MAX_BYTES = 64;
    private static final long MICROJOULES_PER_MILLIJOULE = 1_000;
    private static final long MILLIJOULES_PER_JOULE = 1_000;

    private CounterTotals() {}

    /** For example {@code package-0 12.345 J, dram of package-0 1.200 J}; empty if no counter could be read. */
    public static String since(Baseline baseline) {
        StringBuilder text = new StringBuilder();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < baseline.size(); i++) {
            File zone = baseline.file(i).getParentFile();
            String name = name(zone);
            long microjoules = increase(zone, baseline.microjoules(i));
            // The kernel may show a package twice: read from registers and from memory.
            if (!name.isEmpty() && microjoules >= 0 && names.add(name)) {
                text.append(text.length() == 0 ? "" : ", ").append(name).append(' ');
                joules(text, microjoules);
            }
        }
        return text.toString();
    }

    /** The name of a zone; empty for psys, which contains the packages, and for other parts, which they contain. */
    private static String name(File zone) {
        String name = text(new File(zone, "name"));
        if (name.startsWith("package-")) {
            return name;
        }
        if (name.equals("dram")) {
            String id = zone.getName();
            String owner = text(new File(zone.getParentFile(), "name"));
            if (owner.isEmpty()) {
                // The zone is shown at the top, next to its package.
                String packageId = id.substring(0, id.lastIndexOf(':'));
                owner = text(new File(new File(zone.getParentFile(), packageId), "name"));
            }
            return "dram of " + (owner.isEmpty() ? id : owner);
        }
        return "";
    }

    private static long increase(File zone, long before) {
        long now = Baseline.number(text(new File(zone, Baseline.COUNTER)));
        if (now < 0 || now >= before) {
            return now < 0 ? -1 : now - before;
        }
        long range = Baseline.number(text(new File(zone, "max_energy_range_uj")));
        return range > before ? now + range - before : -1;
    }

    private static void joules(StringBuilder text, long microjoules) {
        long millijoules = microjoules / MICROJOULES_PER_MILLIJOULE;
        String rest = Long.toString(MILLIJOULES_PER_JOULE + millijoules % MILLIJOULES_PER_JOULE);
        text.append(millijoules / MILLIJOULES_PER_JOULE)
                .append('.')
                .append(rest, 1, rest.length())
                .append(" J");
    }

    private static String text(File file) {
        if (!file.isFile()) {
            return "";
        }
        try (InputStream in = new FileInputStream(file)) {
            byte[] line = new byte[MAX_BYTES];
            int length = in.read(line);
            return length <= 0 ? "" : new String(line, 0, length, "ISO-8859-1").trim();
        } catch (IOException | RuntimeException unreadable) {
            return "";
        }
    }
}
