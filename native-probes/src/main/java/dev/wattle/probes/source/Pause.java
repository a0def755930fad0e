/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.util.concurrent.locks.LockSupport;

/** Lets a counter that is looked at twice move in between. For the thread that searches, never for a host's. */
public final class Pause {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private Pause() {}

    /** Waits that long in full: a look that came too early would take a live counter for one that stands still. */
    public static void ofMillis(long millis) {
        long end = System.nanoTime() + millis * NANOS_PER_MILLI;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
