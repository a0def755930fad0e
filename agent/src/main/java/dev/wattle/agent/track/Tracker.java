/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Passes scalars to a sink, on a thread of its own. While the sink fails, it tries again after 1 s, 2 s, and so on up
 * to a minute, and keeps at most {@value #MAX_WAITING} scalars; the oldest are dropped. Each outage is one line.
 *
 * <p>{@link #add} and {@link #end} never wait. Thread-safe.
 */
final class Tracker implements AutoCloseable {
    static final int MAX_WAITING = 20_000;

    private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LONGEST_RETRY_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final TrackerSink sink;
    private final Consumer<String> log;
    private final Deque<Scalar> waiting = new ArrayDeque<>();
    private Map<String, String> notes = Map.of();
    private long nextNanos = System.nanoTime();
    private long retryNanos = FIRST_RETRY_NANOS;
    private long dropped;
    private boolean failing;
    private boolean ending;
    private boolean finished;

    Tracker(TrackerSink sink, Consumer<String> log) {
        this.sink = sink;
        this.log = log;
    }

    /** Takes scalars of the run. */
    synchronized void add(List<Scalar> scalars) {
        if (ending || finished) {
            return;
        }
        waiting.addAll(scalars);
        while (waiting.size() > MAX_WAITING) {
            waiting.removeFirst();
            dropped++;
        }
        notifyAll();
    }

    /** Takes the last scalars and the notes, and has all that waits delivered at once, in one attempt. */
    synchronized void end(List<Scalar> scalars, Map<String, String> lastNotes) {
        if (ending) {
            return;
        }
        add(scalars);
        notes = lastNotes;
        ending = true;
        notifyAll();
    }

    /**
     * Waits for the end of the last attempt, for a while. A sink that was failing before is waited for a tenth as long.
     *
     * @return a line about what was not delivered, where none has been written yet
     */
    synchronized String awaitEnd(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + (failing ? nanos / 10 : nanos);
        while (!finished) {
            long millisLeft = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millisLeft <= 0) {
                return failing
                        ? ""
                        : sink.place() + " did not answer before the run ended: the last values are missing there";
            }
            wait(millisLeft);
        }
        return "";
    }

    /** Delivers until the end; the calling thread is the tracker's. */
    void run() {
        try {
            boolean last = false;
            while (!last) {
                awaitWork();
                if (isFinished()) {
                    return;
                }
                boolean wasEnding = isEnding();
                boolean delivered = delivered(batch());
                last = wasEnding && (!delivered || isEmpty());
            }
        } catch (Throwable t) {
            log.accept(sink.place() + " gets no further values: " + t);
        } finally {
            finish();
            sink.close();
        }
    }

    /** Ends the thread, whatever waits; does not wait for it. */
    @Override
    public void close() {
        finish();
        sink.interrupt();
    }

    private synchronized void finish() {
        finished = true;
        waiting.clear();
        notifyAll();
    }

    private synchronized boolean isFinished() {
        return finished;
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    private synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    private synchronized void awaitWork() {
        while (!finished && !ending) {
            long nanosLeft = nextNanos - System.nanoTime();
            if (!waiting.isEmpty() && nanosLeft <= 0) {
                return;
            }
            try {
                // Rounded up: a wait of 0 ms has no end, which is right where nothing is to be delivered.
                wait(waiting.isEmpty() ? 0 : TimeUnit.NANOSECONDS.toMillis(nanosLeft) + 1);
            } catch (InterruptedException meantForOthers) {
                // An interrupt of all threads is the program's.
            }
        }
    }

    private synchronized List<Scalar> batch() {
        List<Scalar> batch = new ArrayList<>();
        for (Scalar scalar : waiting) {
            if (batch.size() == sink.maxBatch()) {
                break;
            }
            batch.add(scalar);
        }
        return batch;
    }

    private boolean delivered(List<Scalar> batch) {
        Map<String, String> noted;
        synchronized (this) {
            noted = notes;
        }
        Delivery delivery = sink.deliver(Collections.unmodifiableList(batch), noted);
        synchronized (this) {
            if (finished) {
                return false;
            }
            if (delivery instanceof Delivery.Done) {
                remove(batch);
                failing = false;
                retryNanos = FIRST_RETRY_NANOS;
                nextNanos = System.nanoTime() + sink.pauseNanos();
                return true;
            }
            if (delivery instanceof Delivery.Later later) {
                long pause = Math.min(later.retryNanos().orElse(retryNanos), LONGEST_RETRY_NANOS);
                retryNanos = Math.min(2 * retryNanos, LAST_RETRY_NANOS);
                nextNanos = System.nanoTime() + pause;
                report(later.why());
            } else if (delivery instanceof Delivery.Never never) {
                failing = true;
                log.accept(sink.place() + " gets no values: " + never.why());
                finish();
            }
            return false;
        }
    }

    /** Those of the batch that were not dropped meanwhile. */
    private void remove(List<Scalar> batch) {
        for (Scalar scalar : batch) {
            if (waiting.peekFirst() == scalar) {
                waiting.removeFirst();
            }
        }
    }

    private void report(String why) {
        if (!failing) {
            failing = true;
            log.accept(sink.place() + " gets no values now: " + why
                    + (ending ? "; the last ones are missing there" : "; they are kept and tried again"));
        }
    }
}
