/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.report.json.JournalLines.Batch;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal's last line on its way from the thread that ends the run to the one that writes. Whoever waits too long takes
 * it back, if the writer has not begun: what is reported about it then stays true. Thread-safe.
 */
final class LastLine {
    private enum State {
        NONE,
        WANTED,
        IN_WORK,
        WRITTEN,
        TAKEN_BACK
    }

    private State state = State.NONE;
    private @Nullable Supplier<Batch> lines;

    synchronized void want(Supplier<Batch> lastLines) {
        if (state == State.NONE) {
            lines = lastLines;
            state = State.WANTED;
        }
    }

    synchronized boolean isWanted() {
        return state == State.WANTED;
    }

    /** What is to be written, once; null where there is nothing, or nothing any more. */
    synchronized @Nullable Supplier<Batch> take() {
        if (state != State.WANTED) {
            return null;
        }
        state = State.IN_WORK;
        return lines;
    }

    /** The writer has done what it can. */
    synchronized void written() {
        if (state != State.TAKEN_BACK) {
            state = State.WRITTEN;
        }
        notifyAll();
    }

    /** What there is to say of the line after that time; empty where the writer is done with it. */
    synchronized Optional<String> await(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (state != State.WRITTEN) {
            long millisLeft = (deadline - System.nanoTime()) / 1_000_000;
            if (millisLeft <= 0) {
                return Optional.of(late());
            }
            wait(millisLeft);
        }
        return Optional.empty();
    }

    private String late() {
        if (state == State.IN_WORK) {
            return "is still being written while the JVM ends; without it the last checkpoint stands";
        }
        state = State.TAKEN_BACK;
        return "was not written, the machine being too busy; the last checkpoint stands";
    }
}
