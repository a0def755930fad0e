/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something that is done again and again and may fail now and then: failures are told once each time they begin, and it is
 * given up only when so many have come in a row. For one thread.
 */
final class Attempts {

    /** As many as this in a row are more than an accident. */
    static final int MOST_FAILURES = 20;

    /** A failure that comes back is not told again before it has stayed away for so many attempts. */
    private static final int QUIET_AFTER = 10_000;

    private final Consumer<Throwable> told;
    private int failures;
    private int successes = QUIET_AFTER;

    /** @param told takes the first failure after a long time without one */
    Attempts(Consumer<Throwable> told) {
        this.told = told;
    }

    /**
     * Tries once.
     *
     * @return why to give up; empty while there is hope
     */
    Optional<Throwable> of(Runnable attempt) {
        try {
            attempt.run();
            failures = 0;
            successes = Math.min(QUIET_AFTER, successes + 1);
            return Optional.empty();
        } catch (Throwable t) {
            // A training job may use up the heap for a while and get over it.
            failures += t instanceof OutOfMemoryError ? 0 : 1;
            if (successes >= QUIET_AFTER) {
                tell(t);
            }
            successes = 0;
            return failures > MOST_FAILURES ? Optional.of(t) : Optional.empty();
        }
    }

    private void tell(Throwable failure) {
        try {
            told.accept(failure);
        } catch (Throwable noMemoryForAMessage) {
            // The attempt after the next failure is as good.
        }
    }
}
