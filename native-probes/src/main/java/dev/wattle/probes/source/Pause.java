/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.util.concurrent.locks.LockSupport;

/** A pause between two reads of a counter that has to change. For threads that search, never for the host's. */
public final class Pause {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private Pause() {}

    /** Waits the whole time: after a shorter one, a live counter would seem to stand still. */
    public static void ofMillis(long millis) {
        long end = System.nanoTime() + millis * NANOS_PER_MILLI;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
