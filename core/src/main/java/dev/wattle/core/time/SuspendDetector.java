/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.time;

/** Detects that the machine slept: the wall clock continues then, the monotonic clock stops. For one thread. */
public final class SuspendDetector {

    /** The clocks differ by less than this while the machine is awake; NTP slews by half a millisecond a second. */
    private static final long SUSPEND_MILLIS = 1_000;

    private final SamplingClock clock;
    private long lastNanos;
    private long lastMillis;

    /** Watches from now on. */
    public SuspendDetector(SamplingClock clock) {
        this.clock = clock;
        this.lastNanos = clock.nanoTime();
        this.lastMillis = clock.wallMillis();
    }

    /** Whether the machine slept since the last call. */
    public boolean hasSlept() {
        long nanos = clock.nanoTime();
        long millis = clock.wallMillis();
        long sleptMillis = (millis - lastMillis) - (nanos - lastNanos) / 1_000_000;
        lastNanos = nanos;
        lastMillis = millis;
        return sleptMillis > SUSPEND_MILLIS;
    }
}
