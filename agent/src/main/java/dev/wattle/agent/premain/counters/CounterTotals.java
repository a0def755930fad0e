/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.counters;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * The least that can be said of a program that ended before the meter was up: how far each counter of a package and of its
 * memory has gone since the agent arrived. No sum, for which zones count is the meter's to decide. Never throws.
 */
public final class CounterTotals {
    private static final int LONGEST = 64;
    private static final long MICROJOULES_PER_MILLIJOULE = 1_000;
    private static final long MILLIJOULES_PER_JOULE = 1_000;

    private CounterTotals() {}

    /** Such as {@code package-0 12.345 J, dram of package-0 1.200 J}; empty where nothing is known. */
    public static String since(Baseline baseline) {
        StringBuilder text = new StringBuilder();
        Set<String> told = new HashSet<>();
        for (int i = 0; i < baseline.size(); i++) {
            File zone = baseline.file(i).getParentFile();
            String name = name(zone);
            long microjoules = gone(zone, baseline.microjoules(i));
            // A package may be shown twice, by registers and by memory.
            if (!name.isEmpty() && microjoules >= 0 && told.add(name)) {
                text.append(text.length() == 0 ? "" : ", ").append(name).append(' ');
                joules(text, microjoules);
            }
        }
        return text.toString();
    }

    /** What a zone holds: other parts lie in the package, and psys holds it. */
    private static String name(File zone) {
        String name = text(new File(zone, "name"));
        if (name.startsWith("package-")) {
            return name;
        }
        if (name.equals("dram")) {
            String id = zone.getName();
            String owner = text(new File(zone.getParentFile(), "name"));
            if (owner.isEmpty()) {
                // The kernel shows it at the top, beside the package that it lies in.
                String beside = id.substring(0, id.lastIndexOf(':'));
                owner = text(new File(new File(zone.getParentFile(), beside), "name"));
            }
            return "dram of " + (owner.isEmpty() ? id : owner);
        }
        return "";
    }

    private static long gone(File zone, long before) {
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
            byte[] line = new byte[LONGEST];
            int length = in.read(line);
            return length <= 0 ? "" : new String(line, 0, length, "ISO-8859-1").trim();
        } catch (IOException | RuntimeException unreadable) {
            return "";
        }
    }
}
