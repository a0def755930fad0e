/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.time;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The clock of the meter. Thread-safe. */
public interface SamplingClock {

    /** Monotonic nanoseconds that stop while the machine sleeps. */
    long nanoTime();

    /** Wall-clock milliseconds since the epoch, which continue while the machine sleeps. */
    long wallMillis();

    /** The same clock at its full resolution. It allocates, so it is not for every sample. */
    default Instant wallTime() {
        return Instant.ofEpochMilli(wallMillis());
    }

    /** Waits until the instant of {@link #nanoTime()}, or returns early for any reason. */
    void parkUntil(long nanos);

    /** The clock of the running system. */
    static SamplingClock system() {
        return new SamplingClock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public long wallMillis() {
                return System.currentTimeMillis();
            }

            @Override
            public Instant wallTime() {
                return Instant.now();
            }

            @Override
            public void parkUntil(long nanos) {
                long wait = nanos - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(this, wait);
                }
            }
        };
    }
}
