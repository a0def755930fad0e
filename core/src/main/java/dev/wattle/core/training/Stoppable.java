/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What has trained, and the data that loops have trained on, by their identity hashes. Bounded; thread-safe. */
final class Stoppable {

    private static final int MOST_SUBJECTS = 4_096;

    private final Set<Integer> subjects = ConcurrentHashMap.newKeySet();

    boolean contains(int subject) {
        return subjects.contains(subject);
    }

    /** @param subject 0 for nothing */
    void note(int subject) {
        if (subject == 0) {
            return;
        }
        if (subjects.size() >= MOST_SUBJECTS && !subjects.contains(subject)) {
            // What still trains comes back with its next batch.
            subjects.clear();
        }
        subjects.add(subject);
    }
}
