/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.wattle.core.boundary.BoundaryQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Every record that a queue accepts comes out once, whole and in its writer's order; every other one is counted.
 *
 * <p>Why nothing is torn: the reader takes a slot's sequence with acquire and sees what was stored before its release; a
 * writer of the next lap stores only after it took, with acquire, a head that was released after the slot was copied. Why
 * nothing is lost or doubled: the tail moves by compare-and-set, so each number is one writer's, and the reader goes
 * through all numbers. Why the order holds: one writer claims its numbers one after the other.
 *
 * <p>The writers remember what was accepted; after both actors an arbiter empties the queue and compares. There are two actors
 * at a time, since jcstress skips tests that need more processors than there are.
 */
final class QueueTraffic {

    private static final String DROPPED = "The queue was full at times, and the loss was counted.";

    private QueueTraffic() {}

    /** The writer runs over the ring several times while the reader empties it. */
    @JCStressTest
    @State
    @Outcome(id = "all", expect = ACCEPTABLE, desc = "There was always room.")
    @Outcome(id = "some dropped", expect = ACCEPTABLE, desc = DROPPED)
    @Outcome(expect = FORBIDDEN, desc = "Torn, doubled, out of order, lost, or not counted.")
    public static class WriterAndReader {

        private static final int OFFERED = 12;

        private final BoundaryQueue queue = new BoundaryQueue(2);
        private final Receipts receipts = new Receipts();
        private int accepted;

        @Actor
        public void writer() {
            accepted = offer(queue, 0, OFFERED);
        }

        @Actor
        public void reader() {
            for (int look = 0; look < Ramp.QUESTIONS; look++) {
                receipts.drain(queue);
            }
        }

        @Arbiter
        public void empty(L_Result result) {
            receipts.drain(queue);
            result.r1 = receipts.judge(queue, OFFERED, accepted);
        }
    }

    /** Two writers claim against each other, and there is room for all. */
    @JCStressTest
    @State
    @Outcome(id = "all", expect = ACCEPTABLE, desc = "Nothing was dropped, since there was room for everything.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    public static class TwoWritersWithRoom {

        private static final int EACH = 4;

        private final BoundaryQueue queue = new BoundaryQueue(8);
        private int first;
        private int second;

        @Actor
        public void one() {
            first = offer(queue, 0, EACH);
        }

        @Actor
        public void another() {
            second = offer(queue, 1, EACH);
        }

        @Arbiter
        public void empty(L_Result result) {
            Receipts receipts = new Receipts();
            receipts.drain(queue);
            result.r1 = receipts.judge(queue, 2 * EACH, first, second);
        }
    }

    /** Two writers claim against each other for fewer slots than they need. */
    @JCStressTest
    @State
    @Outcome(id = "some dropped", expect = ACCEPTABLE, desc = DROPPED)
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    public static class TwoWritersInTooLittle {

        private static final int EACH = 3;

        private final BoundaryQueue queue = new BoundaryQueue(2);
        private int first;
        private int second;

        @Actor
        public void one() {
            first = offer(queue, 0, EACH);
        }

        @Actor
        public void another() {
            second = offer(queue, 1, EACH);
        }

        @Arbiter
        public void empty(L_Result result) {
            Receipts receipts = new Receipts();
            receipts.drain(queue);
            String verdict = receipts.judge(queue, 2 * EACH, first, second);
            boolean full = Integer.bitCount(first) + Integer.bitCount(second) == 2;
            result.r1 = verdict.equals("some dropped") && !full ? "dropped though there was room" : verdict;
        }
    }

    /** Two writers, one of which is the reader too: claims, publications and the head all move at once. */
    @JCStressTest
    @State
    @Outcome(id = "all", expect = ACCEPTABLE, desc = "There was always room.")
    @Outcome(id = "some dropped", expect = ACCEPTABLE, desc = DROPPED)
    @Outcome(expect = FORBIDDEN, desc = "Torn, doubled, out of order, lost, or not counted.")
    public static class WriterAndWritingReader {

        private static final int EACH = 8;

        private final BoundaryQueue queue = new BoundaryQueue(2);
        private final Receipts receipts = new Receipts();
        private int first;
        private int second;

        @Actor
        public void writer() {
            first = offer(queue, 0, EACH);
        }

        @Actor
        public void writingReader() {
            for (int k = 0; k < EACH; k++) {
                second |= Parcel.offer(queue, 1, k) ? 1 << k : 0;
                receipts.drain(queue);
            }
        }

        @Arbiter
        public void empty(L_Result result) {
            receipts.drain(queue);
            result.r1 = receipts.judge(queue, 2 * EACH, first, second);
        }
    }

    private static int offer(BoundaryQueue queue, int writer, int count) {
        int accepted = 0;
        for (int k = 0; k < count; k++) {
            accepted |= Parcel.offer(queue, writer, k) ? 1 << k : 0;
        }
        return accepted;
    }
}
