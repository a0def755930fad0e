/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.stress;

import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.BoundaryQueue;

/**
 * The records that the writers of a queue add: each field of parcel k of writer w follows from w and k, and no two parcels
 * share a value. No value is 0, so that a slot that was never written is not taken for a parcel.
 */
final class Parcel {

    /** More than any writer puts in. */
    private static final int PER_WRITER = 32;

    private Parcel() {}

    static boolean offer(BoundaryQueue queue, int writer, int k) {
        int number = numberOf(writer, k);
        return queue.offer(number, number + 1, number + 2, number + 3, number + 4, number + 5);
    }

    /** The parcel's number, or -1 where its fields are of different ones. */
    static int numberIn(BoundaryEvent event) {
        int number = event.event();
        boolean whole = event.subject() == number + 1
                && event.thread() == number + 2
                && event.nanos() == number + 3
                && event.size() == number + 4
                && event.value() == number + 5;
        return whole && number > 0 ? number : -1;
    }

    static int numberOf(int writer, int k) {
        return 1_000 * (PER_WRITER * writer + k + 1);
    }

    static int writerOf(int number) {
        return (number / 1_000 - 1) / PER_WRITER;
    }

    static int kOf(int number) {
        return (number / 1_000 - 1) % PER_WRITER;
    }
}
