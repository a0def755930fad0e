/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Boundaries that have left the {@link BoundaryQueue} and wait for a reading, in the order in which they left it.
 *
 * <p>How many wait depends on the interval between readings; the queue need not. Takes memory in chunks while boundaries wait,
 * and gives it back; bounded. For the thread that follows.
 */
public final class BoundaryBacklog {

    private static final int LONGS_PER_RECORD = 6;
    private static final int RECORDS_PER_CHUNK = 1_024;
    private static final int MIN_RECORDS = 1 << 16;
    private static final int MAX_RECORDS = 1 << 20;

    /** The heap is the program's: the backlog takes up to this part of it, one thirty-second. */
    private static final int HEAP_PART = 32;

    private final ArrayDeque<long[]> chunks = new ArrayDeque<>();
    private final int capacity;
    private int size;
    private int first;
    private int end = RECORDS_PER_CHUNK;
    private long @Nullable [] spare;

    /** @param capacity how many can wait */
    BoundaryBacklog(int capacity) {
        this.capacity = capacity;
    }

    /** A thirty-second part of the heap, at least 65,536 boundaries and no more than a million: 3 to 50 MB if all wait. */
    public static BoundaryBacklog ofHeap() {
        long fit = Runtime.getRuntime().maxMemory() / HEAP_PART / (LONGS_PER_RECORD * Long.BYTES);
        return new BoundaryBacklog((int) Math.max(MIN_RECORDS, Math.min(MAX_RECORDS, fit)));
    }

    /** Whether nothing from the queue should be added. */
    public boolean isFull() {
        return size >= capacity;
    }

    /** Whether none waits. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Adds a copy at the end; also where it is full, for the meter's own boundaries. */
    public void add(BoundaryEvent event) {
        if (end == RECORDS_PER_CHUNK) {
            long[] unused = spare;
            spare = null;
            chunks.addLast(unused == null ? new long[RECORDS_PER_CHUNK * LONGS_PER_RECORD] : unused);
            end = 0;
        }
        long[] chunk = chunks.getLast();
        int at = end * LONGS_PER_RECORD;
        chunk[at] = (long) event.event << 32 | event.subject & 0xFFFF_FFFFL;
        chunk[at + 1] = event.thread;
        chunk[at + 2] = event.nanos;
        chunk[at + 3] = event.size;
        chunk[at + 4] = Double.doubleToRawLongBits(event.value);
        chunk[at + 5] = event.losses;
        end++;
        size++;
    }

    /** Copies the oldest into an event; false where none waits. */
    public boolean peek(BoundaryEvent into) {
        if (size == 0) {
            return false;
        }
        long[] chunk = chunks.getFirst();
        int at = first * LONGS_PER_RECORD;
        into.event = (int) (chunk[at] >>> 32);
        into.subject = (int) chunk[at];
        into.thread = chunk[at + 1];
        into.nanos = chunk[at + 2];
        into.size = chunk[at + 3];
        into.value = Double.longBitsToDouble(chunk[at + 4]);
        into.losses = chunk[at + 5];
        return true;
    }

    /** Removes the oldest. */
    public void remove() {
        size--;
        first++;
        if (first == RECORDS_PER_CHUNK || size == 0) {
            spare = chunks.removeFirst();
            first = 0;
            if (size == 0) {
                end = RECORDS_PER_CHUNK;
            }
        }
    }
}
