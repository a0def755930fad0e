/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.speed;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * The cost of a boundary for the training thread: the time, the thread's id and a slot of the queue.
 *
 * <p>Each hundredth call empties the queue, since there is no reader here, and is part of the mean.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QueueSpeed {

    private static final int CAPACITY = 16_384;
    private static final int EVENT = Boundary.ITERATION.eventOf(Framework.DL4J);

    /** A queue of the thread's own. */
    @State(Scope.Thread)
    public static class Own {
        final BoundaryQueue queue = new BoundaryQueue(CAPACITY);
        final BoundaryEvent event = new BoundaryEvent();
        int calls;
    }

    /** A queue that all threads write. It is soon full, except for what the one reading thread takes. */
    @State(Scope.Benchmark)
    public static class Shared {
        final BoundaryQueue queue = new BoundaryQueue(CAPACITY);
        final BoundaryEvent event = new BoundaryEvent();
    }

    /** Which of the threads it is, and how often it was there. */
    @State(Scope.Thread)
    public static class Turn {
        int calls;
    }

    /** A full queue. */
    @State(Scope.Thread)
    public static class Full {
        final BoundaryQueue queue = new BoundaryQueue(1);

        public Full() {
            tell(queue, 0);
        }
    }

    @Benchmark
    public boolean tellAlone(Own own) {
        boolean told = tell(own.queue, own.calls);
        if (++own.calls % 100 == 0) {
            empty(own.queue, own.event);
        }
        return told;
    }

    /** Two threads that only add boundaries, which no training does; the first one also empties the queue. */
    @Benchmark
    @Threads(2)
    public boolean tellWithAnother(Shared shared, Turn turn) {
        boolean told = tell(shared.queue, turn.calls);
        if (++turn.calls % 100 == 0) {
            synchronized (shared) {
                empty(shared.queue, shared.event);
            }
        }
        return told;
    }

    @Benchmark
    public boolean tellInVain(Full full) {
        return tell(full.queue, 0);
    }

    @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
    private static boolean tell(BoundaryQueue queue, int subject) {
        return queue.offer(EVENT, subject, Thread.currentThread().getId(), System.nanoTime(), 64, 0.25);
    }

    private static void empty(BoundaryQueue queue, BoundaryEvent event) {
        while (queue.peek(event)) {
            queue.remove();
        }
    }
}
