/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.report.json.JournalLines.Batch;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal's final batch, handed from the thread that ends the run to the thread that writes the journal. A waiter whose
 * time is up withdraws the batch unless the writer has started on it, so that its report stays true. Thread-safe.
 */
final class FinalBatch {
    private enum State {
        NONE,
        OFFERED,
        WRITING,
        DONE,
        WITHDRAWN
    }

    private State state = State.NONE;
    private @Nullable Supplier<Batch> lines;

    /** Offers the batch to the writer; only the first one counts. */
    synchronized void offer(Supplier<Batch> newLines) {
        if (state == State.NONE) {
            lines = newLines;
            state = State.OFFERED;
        }
    }

    synchronized boolean isOffered() {
        return state == State.OFFERED;
    }

    /** Takes the batch to write it, once; null where there is none or it was withdrawn. */
    synchronized @Nullable Supplier<Batch> take() {
        if (state != State.OFFERED) {
            return null;
        }
        state = State.WRITING;
        return lines;
    }

    /** The writer is done, whether it could write the batch or not. */
    synchronized void done() {
        if (state != State.WITHDRAWN) {
            state = State.DONE;
        }
        notifyAll();
    }

    /**
     * Waits until the writer is done.
     *
     * @return the state of the batch, for a message; empty where the writer was done in time
     */
    synchronized Optional<String> await(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (state != State.DONE) {
            long millisLeft = (deadline - System.nanoTime()) / 1_000_000;
            if (millisLeft <= 0) {
                return Optional.of(withdraw());
            }
            wait(millisLeft);
        }
        return Optional.empty();
    }

    private String withdraw() {
        if (state == State.WRITING) {
            return "is still being written while the JVM ends; without it the last checkpoint stands";
        }
        state = State.WITHDRAWN;
        return "was not written, the machine being too busy; the last checkpoint stands";
    }
}
