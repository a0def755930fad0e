/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.overhead;

import java.util.concurrent.locks.LockSupport;

/** A thread that wakes at a fixed rate and does nothing: the cost of pacing alone in a JVM. */
public final class ParkLoop {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private ParkLoop() {}

    /**
     * Wakes until it is ended.
     *
     * @param args the rate in hertz
     */
    public static void main(String[] args) {
        long periodNanos = NANOS_PER_SECOND / Long.parseLong(args[0]);
        // The system does not get to know the name of the thread that runs main.
        new Thread(() -> wakeEvery(periodNanos), "park-loop").start();
    }

    private static void wakeEvery(long periodNanos) {
        long deadline = System.nanoTime();
        while (true) {
            deadline += periodNanos;
            for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
