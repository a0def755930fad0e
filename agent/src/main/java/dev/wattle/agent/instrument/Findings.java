/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What of a framework is not metered, and why: the first of each kind is said at once, and the others stand in the summary
 * with it. Bounded; thread-safe.
 */
final class Findings {

    /** A framework of another version may lack something in each of its classes, and two of them say it as well. */
    private static final int MOST_LINES = 4;

    private final Consumer<String> log;
    private final Set<String> kinds = new LinkedHashSet<>();
    private final Set<String> lines = new LinkedHashSet<>();
    private int further;

    /** @param log takes a line for the user */
    Findings(Consumer<String> log) {
        this.log = log;
    }

    /** @param kind what is said once, and which class it is said of does not matter */
    void add(String kind, String line) {
        boolean isFirst;
        synchronized (this) {
            isFirst = kinds.add(kind);
            if (!lines.contains(line)) {
                if (lines.size() < MOST_LINES || isFirst) {
                    lines.add(line);
                } else {
                    further++;
                }
            }
        }
        if (isFirst) {
            log.accept(line);
        }
    }

    /** For the summary. */
    synchronized List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (further > 0) {
            all.add("and " + further + " more like these");
        }
        return all;
    }
}
