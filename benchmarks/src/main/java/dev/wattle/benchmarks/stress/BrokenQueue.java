/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.stress;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A queue that is wrong on purpose: its reader relies on the claims, and nothing is published.
 *
 * <p>Between a claim and the stores that follow it, the tail includes a record that is not written yet.
 */
final class BrokenQueue {

    private static final int FIELDS = 4;

    private final int capacity;
    private final long[] slots;
    private final AtomicLong tail = new AtomicLong();
    private long head;

    BrokenQueue(int capacity) {
        this.capacity = capacity;
        this.slots = new long[FIELDS * capacity];
    }

    /** There must be room: what is shown here needs no second lap. */
    void offer(int number) {
        int at = FIELDS * (int) (tail.getAndIncrement() % capacity);
        for (int field = 0; field < FIELDS; field++) {
            slots[at + field] = number + field;
        }
    }

    /** The number of the record taken out, 0 where there is none, -1 where its fields are of different ones. */
    int poll() {
        if (head == tail.get()) {
            return 0;
        }
        int at = FIELDS * (int) (head++ % capacity);
        long number = slots[at];
        for (int field = 0; field < FIELDS; field++) {
            if (slots[at + field] != number + field) {
                return -1;
            }
        }
        return number > 0 ? (int) number : -1;
    }
}
