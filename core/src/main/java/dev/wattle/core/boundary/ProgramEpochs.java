/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The epochs that the program has open, so that one that it lets go of without closing it ends all the same, and that a begin
 * or an end for which the {@link BoundaryQueue} had no room is not lost.
 *
 * <p>Neither an epoch nor its thread is kept from being collected. Any thread adds, without a lock; one looks. Bounded: beyond
 * {@value #MOST} open epochs, further ones are not watched.
 */
public final class ProgramEpochs {

    static final int MOST = 8_192;

    private static final int RUN_BEGIN = Boundary.RUN_BEGIN.eventOf(Framework.CUSTOM);
    private static final int EPOCH_BEGIN = Boundary.EPOCH_BEGIN.eventOf(Framework.CUSTOM);
    private static final int EPOCH_END = Boundary.EPOCH_END.eventOf(Framework.CUSTOM);
    private static final int THREAD_END = Boundary.THREAD_END.eventOf(Framework.CUSTOM);
    private static final int ABANDONED = Boundary.ABANDONED.eventOf(Framework.CUSTOM);

    private final Queue<Watched> added = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final List<Watched> watched = new ArrayList<>();
    private final BoundaryEvent event = new BoundaryEvent();

    /** What is known of an open epoch without holding it. */
    public static final class Watched extends WeakReference<Object> {
        private final WeakReference<Thread> life;
        private final long thread;
        private final int subject;
        private final long beginNanos;
        private final long planned;
        private boolean beginTold;
        private long endNanos;
        private boolean endTold;
        private volatile boolean ended;

        /** Whether its thread was seen to have ended. */
        private boolean orphaned;

        private boolean orphanTold;

        /** @param beginTold whether the queue took its begin */
        public Watched(
                Object epoch,
                long threadId,
                WeakReference<Thread> thread,
                int subject,
                long beginNanos,
                long planned,
                boolean beginTold) {
            super(epoch);
            this.life = thread;
            this.thread = threadId;
            this.subject = subject;
            this.beginNanos = beginNanos;
            this.planned = planned;
            this.beginTold = beginTold;
        }

        /** @param told whether the queue took its end */
        public void end(long nanos, boolean told) {
            endNanos = nanos;
            endTold = told;
            ended = true;
        }
    }

    /** Whether a thread that was seen alive has ended. */
    public static boolean hasEnded(WeakReference<Thread> life) {
        Thread thread = life.get();
        return thread == null || !thread.isAlive();
    }

    /** From the program's threads. */
    public void add(Watched epoch) {
        if (count.incrementAndGet() <= MOST) {
            added.add(epoch);
        } else {
            count.decrementAndGet();
        }
    }

    /** Looks whose threads have ended; what these told is in the queue by then. */
    public void see() {
        for (Watched epoch = added.poll(); epoch != null; epoch = added.poll()) {
            watched.add(epoch);
        }
        for (Watched epoch : watched) {
            epoch.orphaned = hasEnded(epoch.life);
        }
    }

    /**
     * Tells what the epochs themselves could not, once what the queue held when they were seen has been taken.
     *
     * @param queue whose losses their boundaries carry
     * @param into takes boundaries
     */
    public void look(long nowNanos, BoundaryQueue queue, BoundaryBacklog into) {
        for (Iterator<Watched> each = watched.iterator(); each.hasNext(); ) {
            Watched epoch = each.next();
            if (!epoch.beginTold) {
                epoch.beginTold = true;
                tell(RUN_BEGIN, epoch, epoch.beginNanos, epoch.planned, queue, into);
                tell(EPOCH_BEGIN, epoch, epoch.beginNanos, Boundary.FAILED, queue, into);
            }
            // In this order: an epoch that is collected after its end had ended before.
            boolean collected = epoch.get() == null;
            if (epoch.ended || collected) {
                each.remove();
                count.decrementAndGet();
                if (!epoch.ended) {
                    tell(ABANDONED, epoch, nowNanos, epoch.beginNanos, queue, into);
                } else if (!epoch.endTold) {
                    tell(EPOCH_END, epoch, epoch.endNanos, epoch.beginNanos, queue, into);
                }
            } else if (epoch.orphaned && !epoch.orphanTold) {
                epoch.orphanTold = true;
                tell(THREAD_END, epoch, nowNanos, Boundary.UNKNOWN, queue, into);
            }
        }
    }

    private void tell(int what, Watched epoch, long nanos, long size, BoundaryQueue queue, BoundaryBacklog into) {
        long losses = queue.losses(BoundaryQueue.lossSlot(epoch.thread));
        event.set(what, epoch.subject, epoch.thread, nanos, size, losses);
        into.add(event);
    }
}
