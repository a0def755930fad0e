/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryBacklog;
import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves boundaries from the {@link BoundaryQueue} to where they wait for a reading, and puts in between what no thread could
 * tell: that some were lost, and that a thread has ended. For the thread that follows.
 */
final class BoundaryIntake {

    private static final int LOST = Boundary.LOST.eventOf(Framework.CUSTOM);
    private static final int THREAD_END = Boundary.THREAD_END.eventOf(Framework.CUSTOM);

    private final BoundaryBacklog backlog = BoundaryBacklog.ofHeap();
    private final BoundaryEvent event = new BoundaryEvent();
    private final long[] losses = new long[BoundaryQueue.LOSS_SLOTS];
    private final long[] toldLosses = new long[BoundaryQueue.LOSS_SLOTS];
    private final long[] iterations = new long[Framework.values().length];
    private final List<Long> ended = new ArrayList<>();
    private long toldDropped;

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
     * Takes what is in the queue now, as far as there is room; whether anything was.
     *
     * @param lives tells which threads have ended
     */
    boolean take(BoundaryQueue queue, ThreadRegistry threads, ThreadLiveness lives, SamplingClock clock) {
        // In this order: what a thread told before it lost something or ended is in the queue by then, and so is taken
        // before.
        threads.findEnded(clock.nanoTime(), lives, ended);
        long dropped = queue.dropped();
        boolean lost = dropped != toldDropped;
        for (int slot = 0; lost && slot < losses.length; slot++) {
            losses[slot] = queue.losses(slot);
        }
        int waiting = queue.waiting();
        int taken = 0;
        while (taken < waiting && !backlog.isFull() && queue.peek(event)) {
            backlog.add(event);
            queue.remove();
            taken++;
            if (Boundary.isIteration(event.event)) {
                iterations[Boundary.frameworkOf(event.event).ordinal()]++;
            }
        }
        if (taken == waiting) {
            if (lost) {
                toldDropped = dropped;
                tellLosses(clock.nanoTime());
            }
            tellEnded(threads, clock.nanoTime());
        }
        ended.clear();
        return taken > 0;
    }

    private void tellLosses(long nowNanos) {
        for (int slot = 0; slot < losses.length; slot++) {
            if (losses[slot] != toldLosses[slot]) {
                toldLosses[slot] = losses[slot];
                event.set(LOST, 0, slot, nowNanos, Boundary.UNKNOWN, losses[slot]);
                backlog.add(event);
            }
        }
    }

    private void tellEnded(ThreadRegistry threads, long nowNanos) {
        for (long id : ended) {
            event.set(THREAD_END, 0, id, nowNanos, Boundary.UNKNOWN, 0);
            backlog.add(event);
            threads.endTold(id);
        }
    }
}
