/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The cumulative energy of one domain over time: a ring of (instant, microjoules) with one writer and many readers.
 *
 * <p>A reader asks for the energy at an instant, which is interpolated between the records before and after it. The energies
 * of adjacent windows add up exactly, to the microjoule, and a later instant never has less energy.
 *
 * <p>The writer never waits and overwrites the oldest record. A reader never waits either: it copies a record, then checks
 * whether the writer had started to overwrite it, and if so repeats the search. An instant before the oldest record is {@link
 * #LOST}, one after the newest is {@link #NOT_YET}; neither is an error. No operation allocates.
 *
 * <p>The protocol, with its orderings:
 *
 * <ol>
 *   <li>The writer announces in {@code intent} that it starts record n, followed by a release fence: no store into the slot
 *       can be seen before the announcement.
 *   <li>It fills the slot and publishes n + 1 in {@code tail} with release: a reader that sees the tail sees the slot.
 *   <li>A reader reads {@code tail} with acquire, copies the slot, then an acquire fence, then reads {@code intent}: the copy
 *       is whole unless the intent has reached the record one lap later.
 * </ol>
 */
public final class EnergyTimeline {

    /** The answer for an instant before the oldest record that is still held. */
    public static final long LOST = -1;

    /** The answer for an instant after the newest record. */
    public static final long NOT_YET = -2;

    private static final int LONGS_PER_RECORD = 2;
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle INTENT;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            INTENT = lookup.findVarHandle(EnergyTimeline.class, "intent", long.class);
            TAIL = lookup.findVarHandle(EnergyTimeline.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int capacity;
    private final long[] slots;

    /** The number of records started. */
    @SuppressWarnings("UnusedVariable") // through INTENT
    private long intent;

    /** The number of records published. */
    @SuppressWarnings("UnusedVariable") // through TAIL
    private long tail;

    private long lastNanos;
    private long lastMicrojoules;

    /**
     * An empty timeline.
     *
     * @param capacity a power of two, at least 2; one record less is held, since the writer may be at the oldest
     * @throws IllegalArgumentException for any other capacity
     */
    public EnergyTimeline(int capacity) {
        if (capacity < 2 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("the capacity must be a power of two, at least 2: " + capacity);
        }
        this.capacity = capacity;
        this.slots = new long[capacity * LONGS_PER_RECORD];
    }

    /**
     * Appends a record; for the one writer.
     *
     * @param nanos the instant, later than the record before
     * @param microjoules the energy until then, not less than in the record before
     * @throws IllegalArgumentException if the record is earlier or lower than the one before
     */
    public void append(long nanos, long microjoules) {
        long index = (long) TAIL.get(this);
        if (index > 0 && (nanos - lastNanos <= 0 || microjoules < lastMicrojoules)) {
            throw new IllegalArgumentException("a record must be later and not lower: " + nanos + " ns, " + microjoules
                    + " µJ after " + lastNanos + " ns, " + lastMicrojoules + " µJ");
        }
        lastNanos = nanos;
        lastMicrojoules = microjoules;

        INTENT.setOpaque(this, index + 1);
        VarHandle.releaseFence();
        int slot = slotOf(index);
        SLOTS.setOpaque(slots, slot, nanos);
        SLOTS.setOpaque(slots, slot + 1, microjoules);
        TAIL.setRelease(this, index + 1);
    }

    /** How many records were ever appended. */
    public long size() {
        return (long) TAIL.getAcquire(this);
    }

    /**
     * The cumulative energy at an instant, in microjoules.
     *
     * @return the energy, or {@link #LOST} or {@link #NOT_YET}
     */
    public long microjoulesAt(long nanos) {
        while (true) {
            long end = (long) TAIL.getAcquire(this);
            long oldest = Math.max(0, end - capacity + 1);
            long later = firstNotBefore(nanos, oldest, end);
            if (later == end) {
                return NOT_YET;
            }
            if (later >= 0) {
                long answer = interpolate(nanos, later, oldest);
                if (answer >= LOST) {
                    return answer;
                }
            }
        }
    }

    /**
     * The energy between two instants, in microjoules.
     *
     * @param fromNanos the start of the window
     * @param toNanos the end of the window, not before its start
     * @return the energy, or {@link #LOST} or {@link #NOT_YET}
     */
    public long microjoulesBetween(long fromNanos, long toNanos) {
        long from = microjoulesAt(fromNanos);
        if (from < 0) {
            return from;
        }
        long to = microjoulesAt(toNanos);
        return to < 0 ? to : to - from;
    }

    /** The instant of the newest record; meaningless while {@link #size()} is 0. */
    public long latestNanos() {
        return latest(0);
    }

    /** The energy until the newest record, in microjoules; 0 while there is none. */
    public long latestMicrojoules() {
        return latest(1);
    }

    private long latest(int field) {
        while (true) {
            long end = (long) TAIL.getAcquire(this);
            if (end == 0) {
                return 0;
            }
            long value = (long) SLOTS.getOpaque(slots, slotOf(end - 1) + field);
            if (isWhole(end - 1)) {
                return value;
            }
        }
    }

    /** Binary search; -1 if the writer lapped the reader meanwhile. */
    private long firstNotBefore(long nanos, long from, long to) {
        long low = from;
        long high = to;
        while (low < high) {
            long middle = (low + high) >>> 1;
            long instant = (long) SLOTS.getOpaque(slots, slotOf(middle));
            if (!isWhole(middle)) {
                return -1;
            }
            if (instant - nanos < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The energy between a record and the one before it; below {@link #LOST} if the writer lapped the reader. */
    private long interpolate(long nanos, long later, long oldest) {
        int slot = slotOf(later);
        long laterNanos = (long) SLOTS.getOpaque(slots, slot);
        long laterMicrojoules = (long) SLOTS.getOpaque(slots, slot + 1);
        if (laterNanos == nanos || later == oldest) {
            if (!isWhole(later)) {
                return Long.MIN_VALUE;
            }
            return laterNanos == nanos ? laterMicrojoules : LOST;
        }
        slot = slotOf(later - 1);
        long earlierNanos = (long) SLOTS.getOpaque(slots, slot);
        long earlierMicrojoules = (long) SLOTS.getOpaque(slots, slot + 1);
        if (!isWhole(later - 1)) {
            return Long.MIN_VALUE;
        }
        // Rounded division and product both keep order, so a later instant never gets less.
        double part = (double) (nanos - earlierNanos) / (laterNanos - earlierNanos);
        return earlierMicrojoules + (long) ((laterMicrojoules - earlierMicrojoules) * part);
    }

    private boolean isWhole(long index) {
        VarHandle.acquireFence();
        return (long) INTENT.getOpaque(this) - capacity <= index;
    }

    private int slotOf(long index) {
        return (int) (index & (capacity - 1)) * LONGS_PER_RECORD;
    }
}
