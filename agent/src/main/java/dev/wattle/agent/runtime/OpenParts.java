/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * What a run has opened so far. Closing goes backwards, so that no part is used after what it depends on is closed; a part
 * that cannot be closed is reported and holds up no other.
 *
 * <p>Thread-safe; each part is closed once.
 */
final class OpenParts {
    private final ConcurrentLinkedDeque<Runnable> closings = new ConcurrentLinkedDeque<>();

    /** A part is open from now on; the action closes it. */
    void opened(Runnable close) {
        closings.push(close);
    }

    /** Closes all that is open, the latest first. */
    void close(Consumer<String> log) {
        for (Runnable close = closings.poll(); close != null; close = closings.poll()) {
            try {
                close.run();
            } catch (Throwable t) {
                say(t, log);
            }
        }
    }

    private static void say(Throwable left, Consumer<String> log) {
        try {
            log.accept("something was left behind: " + left);
        } catch (Throwable noMemoryForALine) {
            // What is still open matters more.
        }
    }
}
