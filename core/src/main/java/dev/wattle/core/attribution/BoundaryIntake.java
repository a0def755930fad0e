/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryBacklog;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.ThreadLiveness;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves boundaries from the {@link BoundaryQueue} to the backlog, where they wait for a reading. Inserts what no thread can
 * report: that some were lost, and that a thread has ended. For the thread that follows.
 */
final class BoundaryIntake {

    private static final int LOST = Boundary.LOST.eventOf(Framework.CUSTOM);
    private static final int THREAD_END = Boundary.THREAD_END.eventOf(Framework.CUSTOM);

    private final BoundaryBacklog backlog = BoundaryBacklog.ofHeap();
    private final BoundaryEvent event = new BoundaryEvent();
    private final long[] losses = new long[BoundaryQueue.LOSS_SLOTS];
    private final long[] reportedLosses = new long[BoundaryQueue.LOSS_SLOTS];
    private final long[] iterations = new long[Framework.values().length];
    private final List<Long> ended = new ArrayList<>();
    private long reportedDropped;

    BoundaryBacklog backlog() {
        return backlog;
    }

    /** How many iterations of a framework were taken, whether their energies are known yet or not. */
    long iterations(Framework framework) {
        return iterations[framework.ordinal()];
    }

    boolean isEmpty() {
        return backlog.isEmpty();
    }

    /**
     * Takes what is in the queue now, as far as there is room.
     *
     * @param liveness finds the threads that have ended
     * @return whether anything was taken
     */
    boolean take(BoundaryQueue queue, ThreadRegistry threads, ThreadLiveness liveness, SamplingClock clock) {
        // Before the queue is read: what a thread reported before a loss or its end is in the queue by then, and so
        // comes first.
        threads.findEnded(clock.nanoTime(), liveness, ended);
        long dropped = queue.dropped();
        boolean lost = dropped != reportedDropped;
        for (int slot = 0; lost && slot < losses.length; slot++) {
            losses[slot] = queue.losses(slot);
        }
        int waiting = queue.waiting();
        int taken = 0;
        while (taken < waiting && !backlog.isFull() && queue.peek(event)) {
            backlog.add(event);
            queue.remove();
            taken++;
            if (Boundary.isIteration(event.event())) {
                iterations[Boundary.frameworkOf(event.event()).ordinal()]++;
            }
        }
        if (taken == waiting) {
            if (lost) {
                reportedDropped = dropped;
                reportLosses(clock.nanoTime());
            }
            reportEnded(threads, clock.nanoTime());
        }
        ended.clear();
        return taken > 0;
    }

    private void reportLosses(long nowNanos) {
        for (int slot = 0; slot < losses.length; slot++) {
            if (losses[slot] != reportedLosses[slot]) {
                reportedLosses[slot] = losses[slot];
                event.set(LOST, 0, slot, nowNanos, Boundary.UNKNOWN, losses[slot]);
                backlog.add(event);
            }
        }
    }

    private void reportEnded(ThreadRegistry threads, long nowNanos) {
        for (long id : ended) {
            event.set(THREAD_END, 0, id, nowNanos, Boundary.UNKNOWN, 0);
            backlog.add(event);
            threads.endReported(id);
        }
    }
}
