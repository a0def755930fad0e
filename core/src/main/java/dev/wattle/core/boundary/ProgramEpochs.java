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
 * The epochs that the program has open. Reports what the epochs themselves cannot: that one was lost without being closed,
 * that its thread has ended, and starts and ends for which the {@link BoundaryQueue} had no room.
 *
 * <p>Holds epochs and threads weakly. Any thread adds, without a lock; one thread reports. Bounded: beyond {@value #MAX_EPOCHS}
 * open epochs, further ones are not watched.
 */
public final class ProgramEpochs {

    static final int MAX_EPOCHS = 8_192;

    private static final int RUN_START = Boundary.RUN_START.eventOf(Framework.CUSTOM);
    private static final int EPOCH_START = Boundary.EPOCH_START.eventOf(Framework.CUSTOM);
    private static final int EPOCH_END = Boundary.EPOCH_END.eventOf(Framework.CUSTOM);
    private static final int THREAD_END = Boundary.THREAD_END.eventOf(Framework.CUSTOM);
    private static final int ABANDONED = Boundary.ABANDONED.eventOf(Framework.CUSTOM);

    private final Queue<Watched> added = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final List<Watched> watched = new ArrayList<>();
    private final BoundaryEvent event = new BoundaryEvent();

    /** An open epoch, held weakly. */
    public static final class Watched extends WeakReference<Object> {
        private final WeakReference<Thread> life;
        private final long thread;
        private final int subject;
        private final long startNanos;
        private final long planned;
        private boolean startReported;
        private long endNanos;
        private boolean endReported;
        private volatile boolean ended;

        /** Whether its thread was seen to have ended. */
        private boolean orphaned;

        private boolean orphanReported;

        /**
         * @param planned the size of its {@link Boundary#RUN_START}
         * @param startReported whether the queue took its start
         */
        public Watched(
                Object epoch,
                long threadId,
                WeakReference<Thread> thread,
                int subject,
                long startNanos,
                long planned,
                boolean startReported) {
            super(epoch);
            this.life = thread;
            this.thread = threadId;
            this.subject = subject;
            this.startNanos = startNanos;
            this.planned = planned;
            this.startReported = startReported;
        }

        /**
         * The epoch was closed.
         *
         * @param reported whether the queue took its end
         */
        public void end(long nanos, boolean reported) {
            endNanos = nanos;
            endReported = reported;
            ended = true;
        }
    }

    /** Watches an epoch. Called on the program's threads. */
    public void add(Watched epoch) {
        if (count.incrementAndGet() <= MAX_EPOCHS) {
            added.add(epoch);
        } else {
            count.decrementAndGet();
        }
    }

    /** Finds the epochs whose threads have ended. What these threads reported is in the queue by then. */
    public void findOrphans() {
        for (Watched epoch = added.poll(); epoch != null; epoch = added.poll()) {
            watched.add(epoch);
        }
        for (Watched epoch : watched) {
            epoch.orphaned = ThreadLiveness.hasEnded(epoch.life);
        }
    }

    /**
     * Reports what the epochs themselves could not. What the queue held at {@link #findOrphans} must have been taken before.
     *
     * @param queue whose losses the boundaries carry
     * @param into takes the boundaries
     */
    public void report(long nowNanos, BoundaryQueue queue, BoundaryBacklog into) {
        for (Iterator<Watched> each = watched.iterator(); each.hasNext(); ) {
            Watched epoch = each.next();
            if (!epoch.startReported) {
                epoch.startReported = true;
                report(RUN_START, epoch, epoch.startNanos, epoch.planned, queue, into);
                report(EPOCH_START, epoch, epoch.startNanos, Boundary.FAILED, queue, into);
            }
            // Before ended is read: an epoch is collected only after its end.
            boolean collected = epoch.get() == null;
            if (epoch.ended || collected) {
                each.remove();
                count.decrementAndGet();
                if (!epoch.ended) {
                    report(ABANDONED, epoch, nowNanos, epoch.startNanos, queue, into);
                } else if (!epoch.endReported) {
                    report(EPOCH_END, epoch, epoch.endNanos, epoch.startNanos, queue, into);
                }
            } else if (epoch.orphaned && !epoch.orphanReported) {
                epoch.orphanReported = true;
                report(THREAD_END, epoch, nowNanos, Boundary.UNKNOWN, queue, into);
            }
        }
    }

    private void report(int what, Watched epoch, long nanos, long size, BoundaryQueue queue, BoundaryBacklog into) {
        long losses = queue.losses(BoundaryQueue.lossSlot(epoch.thread));
        event.set(what, epoch.subject, epoch.thread, nanos, size, losses);
        into.add(event);
    }
}
