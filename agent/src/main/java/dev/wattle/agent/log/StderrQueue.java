/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.log;

import dev.wattle.core.sampling.MeterThreads;
import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * Text for standard error on its way to the one thread that writes it, {@code wattle-log}: standard error may be a pipe that
 * nobody reads, and nothing that meters or trains may wait for that. What does not fit into {@value #MAX_CHARS} characters
 * is dropped and counted.
 *
 * <p>Thread-safe; only {@link #flush} waits.
 */
public final class StderrQueue implements Consumer<String>, AutoCloseable {
    private static final int MAX_CHARS = 1 << 20;
    private static final long FAILED_MILLIS = 100;
    private static final String PREFIX = "wattle: ";

    private final PrintStream err;
    private final StringBuilder waiting = new StringBuilder();
    private String held = "";
    private long heldUntilNanos;
    private int dropped;
    private boolean writing;
    private boolean closed;

    private StderrQueue(PrintStream err) {
        this.err = err;
    }

    public static StderrQueue start(PrintStream err, MeterThreads threads) {
        StderrQueue queue = new StderrQueue(err);
        threads.create("log", queue::write).start();
        return queue;
    }

    /** A line of the meter's. */
    @Override
    public void accept(String line) {
        text(PREFIX + line + System.lineSeparator());
    }

    /** Text as it is. */
    public synchronized void text(String text) {
        if (waiting.length() + text.length() > MAX_CHARS) {
            dropped++;
            return;
        }
        waiting.append(text);
        notifyAll();
    }

    /** Text that is written after this time, unless it is taken back. */
    public synchronized void hold(String text, long nanos) {
        held = text;
        heldUntilNanos = System.nanoTime() + nanos;
        notifyAll();
    }

    /** Takes back what is held; false where it has been written. */
    public synchronized boolean takeBack() {
        boolean isHeld = !held.isEmpty();
        held = "";
        return isHeld;
    }

    /** Waits until all is written; false where that takes longer than given. */
    public synchronized boolean flush(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (writing || !waiting.isEmpty()) {
            long millisLeft = (deadline - System.nanoTime()) / 1_000_000;
            if (millisLeft <= 0) {
                return false;
            }
            await(millisLeft);
        }
        return true;
    }

    /** Ends the thread once all is written. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void write() {
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = writeNext();
            } catch (Throwable ignored) {
                // The stream is the host's and may do anything, the heap may be full for a while; there is nobody to
                // tell.
                pauseAfterAFailure();
            }
        }
    }

    private boolean writeNext() {
        String text = next();
        if (text.isEmpty()) {
            return false;
        }
        err.print(text);
        err.flush();
        return true;
    }

    private synchronized void pauseAfterAFailure() {
        writing = false;
        await(FAILED_MILLIS);
    }

    /** What is to be written; empty at the end. */
    private synchronized String next() {
        writing = false;
        notifyAll();
        while (waiting.isEmpty()) {
            long heldMillis = held.isEmpty() ? 0 : (heldUntilNanos - System.nanoTime()) / 1_000_000 + 1;
            if (!held.isEmpty() && heldMillis <= 0) {
                waiting.append(held);
                held = "";
            } else if (closed) {
                return "";
            } else {
                await(heldMillis);
            }
        }
        writing = true;
        String text = waiting.toString();
        if (dropped > 0) {
            text += PREFIX + dropped + " lines were dropped, nobody having read standard error"
                    + System.lineSeparator();
            dropped = 0;
        }
        // Not before: where the heap has no room for a copy, what waits is written later.
        waiting.setLength(0);
        return text;
    }

    private void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException meantForOthers) {
            // Whoever interrupts all threads he finds means others; who waits looks again.
        }
    }
}
