/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.log;

import dev.wattle.core.sampling.MeterThreads;
import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * Queues text for standard error, which one thread writes, {@code wattle-log}: standard error may be a pipe that nobody
 * reads, and no metering or training thread may wait for that. Text beyond {@value #MAX_CHARS} characters is dropped and
 * counted.
 *
 * <p>Thread-safe; only {@link #flush} waits.
 */
public final class StderrQueue implements Consumer<String>, AutoCloseable {
    private static final int MAX_CHARS = 1 << 20;
    private static final long FAILURE_PAUSE_MILLIS = 100;
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

    /** Starts the thread. */
    public static StderrQueue start(PrintStream err, MeterThreads threads) {
        StderrQueue queue = new StderrQueue(err);
        threads.create("log", queue::write).start();
        return queue;
    }

    /** Queues a line, with the prefix {@code wattle: }. */
    @Override
    public void accept(String line) {
        text(PREFIX + line + System.lineSeparator());
    }

    /** Queues text as it is. */
    public synchronized void text(String text) {
        if (waiting.length() + text.length() > MAX_CHARS) {
            dropped++;
            return;
        }
        waiting.append(text);
        notifyAll();
    }

    /** Queues text that is written after the given time, unless it is taken back. */
    public synchronized void hold(String text, long nanos) {
        held = text;
        heldUntilNanos = System.nanoTime() + nanos;
        notifyAll();
    }

    /** Takes back the text of {@link #hold}; false where it has been written. */
    public synchronized boolean takeBack() {
        boolean isHeld = !held.isEmpty();
        held = "";
        return isHeld;
    }

    /** Waits until everything is written; false where that takes longer than given. */
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

    /** Ends the thread once everything is written. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void write() {
        boolean isOpen = true;
        while (isOpen) {
            try {
                isOpen = writeNext();
            } catch (Throwable ignored) {
                // The stream is the host's and may do anything, or the heap is full for a while. There is no other way
                // to report it.
                pauseAfterFailure();
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

    private synchronized void pauseAfterFailure() {
        writing = false;
        await(FAILURE_PAUSE_MILLIS);
    }

    /** Waits for the next text to write; empty once closed. */
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
            text += PREFIX + dropped + " lines were dropped, since nobody read standard error" + System.lineSeparator();
            dropped = 0;
        }
        // Only now: where the heap has no room for the copy above, the text is written later.
        waiting.setLength(0);
        return text;
    }

    private void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException meantForOthers) {
            // Some programs interrupt all threads. The caller checks its condition again.
        }
    }
}
