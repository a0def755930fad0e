/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.stress;

import dev.wattle.core.energy.EnergyTimeline;

/**
 * A timeline that is wrong on purpose: plain stores, no announcement, and a reader that checks only the tail.
 *
 * <p>While the writer fills the slot of record k + capacity, the tail still says that record k is held.
 */
final class BrokenTimeline {

    private final int capacity;
    private final long[] slots;
    private long tail;

    BrokenTimeline(int capacity) {
        this.capacity = capacity;
        this.slots = new long[2 * capacity];
    }

    void append(int from, int to) {
        for (int record = from; record < to; record++) {
            long nanos = Ramp.nanosOf(record);
            int slot = slotOf(record);
            slots[slot] = nanos;
            slots[slot + 1] = Ramp.microjoulesAt(nanos);
            tail = record + 1L;
        }
    }

    long microjoulesOf(long record) {
        int slot = slotOf(record);
        long nanos = slots[slot];
        long microjoules = slots[slot + 1];
        boolean held = tail - capacity <= record && nanos == Ramp.nanosOf(record);
        return held ? microjoules : EnergyTimeline.LOST;
    }

    private int slotOf(long record) {
        return 2 * (int) (record & (capacity - 1));
    }
}
