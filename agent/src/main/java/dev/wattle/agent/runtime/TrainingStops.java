/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.boundary.Framework;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The trainings that were ended because a budget is used up: asked for once, done where a framework asks.
 *
 * <p>Thread-safe. What training threads call takes no lock, and allocates only where it ends a training.
 */
final class TrainingStops {

    /** What ends has ended; a program that goes on to begin trainings for ever must not fill the heap with them. */
    private static final int MOST_SUBJECTS = 4_096;

    private final Map<Long, Boolean> ended = new ConcurrentHashMap<>();
    private volatile @Nullable String reason;
    private volatile int count;

    /** Has trainings end from now on. */
    void ask(String newReason) {
        reason = newReason;
    }

    /** Whether the training of a subject is to end; where it is, it does. */
    boolean stops(int framework, int subject) {
        if (reason == null) {
            return false;
        }
        if (ended.size() < MOST_SUBJECTS && ended.putIfAbsent(key(framework, subject), false) == null) {
            count = ended.size();
        }
        return true;
    }

    /** Why the training of a subject was ended; null where it was not. */
    @Nullable
    String reason(int framework, int subject) {
        return ended.containsKey(key(framework, subject)) ? reason : null;
    }

    /** How many trainings were ended. */
    int count() {
        return count;
    }

    /** Says each training that was ended once; not for training threads. */
    void tell(Consumer<String> log) {
        for (Map.Entry<Long, Boolean> training : ended.entrySet()) {
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
