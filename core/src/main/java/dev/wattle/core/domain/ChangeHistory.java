/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

/**
 * The recent changes of one domain's cumulative energy: a ring of the last 16 seconds. A change has an index that grows; the
 * oldest change is dropped for a new one. For one thread.
 */
final class ChangeHistory {

    private static final int RECORDS = 2048;

    /** The time that the history holds. */
    static final long SPAN_NANOS = 16_000_000_000L;

    /** Changes closer to each other are not worth a record. */
    static final long SPACING_NANOS = SPAN_NANOS / RECORDS;

    private final long[] nanos = new long[RECORDS];
    private final long[] microjoules = new long[RECORDS];
    private final long[] gapNanos = new long[RECORDS];
    private long first;
    private long end;

    boolean isEmpty() {
        return end == first;
    }

    /** The index of the oldest change. */
    long first() {
        return first;
    }

    /** The index of the newest change; below {@link #first()} if there is none. */
    long last() {
        return end - 1;
    }

    /** When the reading was made that saw the change. */
    long nanos(long index) {
        return nanos[slot(index)];
    }

    long microjoules(long index) {
        return microjoules[slot(index)];
    }

    /** How long before that reading the reading before was made. */
    long gapNanos(long index) {
        return gapNanos[slot(index)];
    }

    /**
     * Adds a change.
     *
     * @return whether the oldest change was dropped
     */
    boolean add(long atNanos, long cumulativeMicrojoules, long gap) {
        nanos[slot(end)] = atNanos;
        microjoules[slot(end)] = cumulativeMicrojoules;
        gapNanos[slot(end)] = gap;
        end++;
        if (end - first <= RECORDS) {
            return false;
        }
        first++;
        return true;
    }

    void dropFirst() {
        first++;
    }

    void clear() {
        first = end;
    }

    /** The index of the latest change at an instant or before; below {@link #first()} if there is none. */
    long floor(long instant) {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (nanos(middle) - instant <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private static int slot(long index) {
        return (int) (index & (RECORDS - 1));
    }
}
