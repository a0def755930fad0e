/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.stress;

import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.BoundaryQueue;

/** The one reader of a queue, which checks every record. The first fault is kept. */
final class Receipts {

    private static final int WRITERS = 2;

    private final BoundaryEvent event = new BoundaryEvent();
    private final int[] received = new int[WRITERS];
    private String fault = "";

    void drain(BoundaryQueue queue) {
        while (queue.peek(event)) {
            queue.remove();
            take(Parcel.numberIn(event));
        }
    }

    private void take(int number) {
        if (number < 0) {
            fail("torn");
            return;
        }
        int bit = 1 << Parcel.kOf(number);
        int before = received[Parcel.writerOf(number)];
        if (before >= bit << 1) {
            fail("out of order");
        } else if ((before & bit) != 0) {
            fail("twice");
        }
        received[Parcel.writerOf(number)] = before | bit;
    }

    private void fail(String what) {
        if (fault.isEmpty()) {
            fault = what;
        }
    }

    /**
     * After everything was drained.
     *
     * @param accepted a bit for each parcel of each writer that went in
     */
    String judge(BoundaryQueue queue, int offered, int... accepted) {
        int count = 0;
        for (int writer = 0; writer < accepted.length; writer++) {
            if (received[writer] != accepted[writer]) {
                fail("lost or made up");
            }
            count += Integer.bitCount(accepted[writer]);
        }
        if (queue.dropped() != offered - count) {
            fail("miscounted");
        }
        if (!fault.isEmpty()) {
            return fault;
        }
        return count == offered ? "all" : "some dropped";
    }
}
