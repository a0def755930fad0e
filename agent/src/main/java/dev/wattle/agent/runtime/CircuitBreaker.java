/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a task that is repeated often and may fail now and then. Reports the first of a series of failures, and opens after
 * more than {@value #MAX_FAILURES} failures in a row. For one thread.
 */
final class CircuitBreaker {
    static final int MAX_FAILURES = 20;

    /** A failure is reported again after this many runs without one. */
    private static final int REPORT_AFTER = 10_000;

    private final Consumer<Throwable> report;
    private int failures;
    private int successes = REPORT_AFTER;

    /** @param report takes the first failure of a series; may fail */
    CircuitBreaker(Consumer<Throwable> report) {
        this.report = report;
    }

    /**
     * Runs the task once; throws nothing.
     *
     * @return the failure after which the task should not be run again; empty while it may
     */
    Optional<Throwable> run(Runnable task) {
        try {
            task.run();
            failures = 0;
            successes = Math.min(REPORT_AFTER, successes + 1);
            return Optional.empty();
        } catch (Throwable t) {
            // A training job may use up the heap for a while and recover.
            failures += t instanceof OutOfMemoryError ? 0 : 1;
            if (successes >= REPORT_AFTER) {
                tryReport(t);
            }
            successes = 0;
            return failures > MAX_FAILURES ? Optional.of(t) : Optional.empty();
        }
    }

    private void tryReport(Throwable failure) {
        try {
            report.accept(failure);
        } catch (Throwable noMemoryForAMessage) {
            // A later series of failures is reported again.
        }
    }
}
