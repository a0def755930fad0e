/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.time;

import java.time.Instant;

/** A clock that a test moves. Its monotonic time starts below zero, as the real one may. */
public final class FakeClock implements SamplingClock {

    private long nanos = -5_000_000_000L;
    private long millis = 1_795_305_600_000L;
    private long belowMilli;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long wallMillis() {
        return millis;
    }

    @Override
    public Instant wallTime() {
        return Instant.ofEpochMilli(millis).plusNanos(belowMilli);
    }

    @Override
    public void parkUntil(long instant) {
        advance(Math.max(0, instant - nanos));
    }

    public void advance(long elapsedNanos) {
        nanos += elapsedNanos;
        belowMilli += elapsedNanos;
        millis += belowMilli / 1_000_000;
        belowMilli %= 1_000_000;
    }

    /** The machine sleeps: the wall clock moves, the monotonic one does not. */
    public void sleepMillis(long sleptMillis) {
        millis += sleptMillis;
    }
}
