/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collects which parts of a framework are not metered, and why. The first finding of each kind is logged at once; the
 * summary lists them all. Bounded; thread-safe.
 */
final class Findings {

    /** Another version of a framework may lack something in each of its classes; a few lines are enough. */
    private static final int MAX_LINES = 4;

    private final Consumer<String> log;
    private final Set<String> kinds = new LinkedHashSet<>();
    private final Set<String> lines = new LinkedHashSet<>();
    private int further;

    /** @param log receives a line for the user */
    Findings(Consumer<String> log) {
        this.log = log;
    }

    /** @param kind findings of one kind are logged once, whatever class they are about */
    void add(String kind, String line) {
        boolean isFirst;
        synchronized (this) {
            isFirst = kinds.add(kind);
            if (!lines.contains(line)) {
                if (lines.size() < MAX_LINES || isFirst) {
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

    /** The lines for the summary. */
    synchronized List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (further > 0) {
            all.add("and " + further + " more like these");
        }
        return all;
    }
}
