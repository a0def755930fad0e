/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * Closes the parts of a run in the reverse order of their registration, so that no part is closed before those that use it.
 * A part that cannot be closed is reported and keeps no other from being closed.
 *
 * <p>Thread-safe; each part is closed once.
 */
final class Closer {
    private final ConcurrentLinkedDeque<Runnable> actions = new ConcurrentLinkedDeque<>();

    /** @param close closes a part that has just been opened */
    void register(Runnable close) {
        actions.push(close);
    }

    /** Closes everything that is registered, the latest first; throws nothing. */
    void close(Consumer<String> log) {
        for (Runnable close = actions.poll(); close != null; close = actions.poll()) {
            try {
                close.run();
            } catch (Throwable t) {
                report(t, log);
            }
        }
    }

    private static void report(Throwable failure, Consumer<String> log) {
        try {
            log.accept("a part of the meter could not be closed: " + failure);
        } catch (Throwable noMemoryForALine) {
            // The parts that are still open matter more.
        }
    }
}
