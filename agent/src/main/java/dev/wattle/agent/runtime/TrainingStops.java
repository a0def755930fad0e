/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.boundary.Framework;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stops trainings once a budget is used up: requested once, carried out when a framework asks whether to stop.
 *
 * <p>Thread-safe. The methods for training threads take no lock, and allocate only when they stop a training.
 */
final class TrainingStops {

    /** A program that starts trainings without end must not fill the heap with them. */
    private static final int MAX_SUBJECTS = 4_096;

    /** The trainings that were stopped, and whether that has been reported. */
    private final Map<Long, Boolean> stopped = new ConcurrentHashMap<>();

    private volatile @Nullable String reason;
    private volatile int count;

    /** Stops trainings from now on. */
    void request(String newReason) {
        reason = newReason;
    }

    /** Whether the training of a subject is to stop; if so, it is counted as stopped. For training threads. */
    boolean stops(int framework, int subject) {
        if (reason == null) {
            return false;
        }
        if (stopped.size() < MAX_SUBJECTS && stopped.putIfAbsent(key(framework, subject), false) == null) {
            count = stopped.size();
        }
        return true;
    }

    /** Why the training of a subject was stopped; null where it was not. For training threads. */
    @Nullable
    String reason(int framework, int subject) {
        return stopped.containsKey(key(framework, subject)) ? reason : null;
    }

    /** How many trainings were stopped. */
    int count() {
        return count;
    }

    /** Reports each stopped training once; not for training threads. */
    void report(Consumer<String> log) {
        for (Map.Entry<Long, Boolean> training : stopped.entrySet()) {
            if (!training.getValue()) {
                training.setValue(true);
                log.accept(text(Framework.values()[(int) (training.getKey() >>> Integer.SIZE)]));
            }
        }
    }

    private static String text(Framework framework) {
        return framework == Framework.DL4J
                ? "early stopping of dl4j was asked to end and ends with this epoch; its result names a condition of its own,"
                        + " and the details say why"
                : "a training of " + framework.tag() + " was asked to end and ends with this epoch";
    }

    private static long key(int framework, int subject) {
        return (long) framework << Integer.SIZE | subject & 0xFFFF_FFFFL;
    }
}
