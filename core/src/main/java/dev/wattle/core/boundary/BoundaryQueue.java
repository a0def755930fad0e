/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Carries boundaries from training threads to the one thread that processes them: a bounded ring of primitives that many
 * threads write and one reads.
 *
 * <p>A writer never waits: where the ring is full, the boundary is dropped and counted. No operation allocates, and no
 * reference to anything of the host is held. Boundaries of one thread come out in the order they went in. The last eighth
 * of the ring is for starts and ends: a lost batch is missing in one sum, a lost end in all that follows.
 *
 * <p>What was dropped is also counted by thread, and each boundary carries its thread's count at the time, so that the reader
 * knows between which two boundaries of a thread others are missing. Threads share {@value #LOSS_SLOTS} counters by their
 * ids: a thread that lost nothing may be taken for one that did, never the other way round.
 *
 * <p>The protocol, with its orderings:
 *
 * <ol>
 *   <li>a writer claims record n by moving {@code tail} from n to n + 1, and only while {@code head}, taken with acquire,
 *       is less than a lap behind: the slot has been read;
 *   <li>it fills the slot and publishes n + 1 in the slot's own sequence with release: a thread that sees the sequence sees the slot;
 *   <li>the reader takes the sequence with acquire, copies the slot, and gives it back by moving {@code head} with release.
 * </ol>
 *
 * <p>The slot's fields are plain: the two edges above order every access to them. The head a writer sees may be old, and
 * then it drops a boundary for which there was room a moment ago; it is never ahead.
 *
 * <p>A writer that stops between claim and publication delays the reader, and no other writer until the ring is full.
 * One that never continued would stop the reader for good, so all that can fail comes before the claim, or needs no more
 * stack than the claim.
 */
public final class BoundaryQueue {

    /** How many counters of losses there are. */
    public static final int LOSS_SLOTS = 256;

    private static final int LONGS_PER_RECORD = 6;

    /** The count of one lost start or end; lost details are counted below it. */
    private static final long LOST_FRAME = 1L << 32;

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle TAIL;
    private static final VarHandle HEAD;
    private static final VarHandle DROPPED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(BoundaryQueue.class, "tail", long.class);
            HEAD = lookup.findVarHandle(BoundaryQueue.class, "head", long.class);
            DROPPED = lookup.findVarHandle(BoundaryQueue.class, "dropped", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int capacity;
    private final long[] slots;

    /** For each slot, one more than the number of the record that was last published in it. */
    private final long[] sequences;

    private final AtomicLongArray droppedIterations = new AtomicLongArray(Framework.values().length);
    private final AtomicLongArray losses = new AtomicLongArray(LOSS_SLOTS);

    /** The number of records claimed. */
    @SuppressWarnings("UnusedVariable") // through TAIL
    private long tail;

    /** The number of records read. */
    @SuppressWarnings("UnusedVariable") // through HEAD
    private long head;

    @SuppressWarnings("UnusedVariable") // through DROPPED
    private long dropped;

    /** @param capacity how many boundaries can wait, a power of two */
    public BoundaryQueue(int capacity) {
        if (capacity < 1 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("the capacity must be a power of two: " + capacity);
        }
        this.capacity = capacity;
        this.slots = new long[capacity * LONGS_PER_RECORD];
        this.sequences = new long[capacity];
    }

    /**
     * Puts a boundary in, or drops it; from any thread.
     *
     * @param event {@link Boundary#eventOf}
     * @param subject the identity hash of what it is about
     * @param thread the id of the thread it happened on
     * @param nanos when, on {@link System#nanoTime()}
     * @return whether it went in
     */
    public boolean offer(int event, int subject, long thread, long nanos, long size, double value) {
        long what = (long) event << 32 | subject & 0xFFFF_FFFFL;
        long valueBits = Double.doubleToRawLongBits(value);
        boolean detail = Boundary.isDetail(event);
        int limit = detail ? capacity - capacity / 8 : capacity;
        int lossSlot = lossSlot(thread);
        long lost = losses.getOpaque(lossSlot);
        long index;
        do {
            index = (long) TAIL.getOpaque(this);
            if (index - (long) HEAD.getAcquire(this) >= limit) {
                losses.getAndAdd(lossSlot, detail ? 1 : LOST_FRAME);
                DROPPED.getAndAdd(this, 1L);
                if (Boundary.isIteration(event)) {
                    droppedIterations.getAndIncrement(
                            Boundary.frameworkOf(event).ordinal());
                }
                return false;
            }
        } while (!TAIL.weakCompareAndSet(this, index, index + 1));
        int slot = (int) index & capacity - 1;
        int at = slot * LONGS_PER_RECORD;
        slots[at] = what;
        slots[at + 1] = thread;
        slots[at + 2] = nanos;
        slots[at + 3] = size;
        slots[at + 4] = valueBits;
        slots[at + 5] = lost;
        LONGS.setRelease(sequences, slot, index + 1);
        return true;
    }

    /** Copies the oldest boundary and leaves it in; for the one reader. False where none is there. */
    public boolean peek(BoundaryEvent into) {
        long index = (long) HEAD.get(this);
        int slot = (int) index & capacity - 1;
        if ((long) LONGS.getAcquire(sequences, slot) != index + 1) {
            return false;
        }
        int at = slot * LONGS_PER_RECORD;
        into.event = (int) (slots[at] >>> 32);
        into.subject = (int) slots[at];
        into.thread = slots[at + 1];
        into.nanos = slots[at + 2];
        into.size = slots[at + 3];
        into.value = Double.longBitsToDouble(slots[at + 4]);
        into.losses = slots[at + 5];
        return true;
    }

    /** Removes the boundary that was peeked at, once after each peek that found one; for the one reader. */
    public void remove() {
        HEAD.setRelease(this, (long) HEAD.get(this) + 1);
    }

    /** How many boundaries were dropped because the queue was full. */
    public long dropped() {
        return (long) DROPPED.getOpaque(this);
    }

    /** How many of them were iterations of a framework. */
    public long droppedIterations(Framework framework) {
        return droppedIterations.get(framework.ordinal());
    }

    /** How many boundaries wait, those that are just being put in included. */
    public int waiting() {
        return (int) ((long) TAIL.getOpaque(this) - (long) HEAD.getOpaque(this));
    }

    /** The counter of losses that a thread shares. */
    public static int lossSlot(long thread) {
        return (int) thread & LOSS_SLOTS - 1;
    }

    /** What the threads of a counter have lost so far: starts and ends in the upper half, details in the lower; only grows. */
    public long losses(int slot) {
        return losses.getOpaque(slot);
    }

    /** Whether a start or an end was lost between two counts, and not only details. */
    public static boolean hasLostFrame(long before, long after) {
        return before >>> 32 != after >>> 32;
    }
}
