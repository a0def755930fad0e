/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Since when a thread has been inside a call that may block. The thread writes, any thread reads; nothing waits.
 */
final class BlockingCall {

    private static final long IDLE = Long.MIN_VALUE;

    private final AtomicLong sinceNanos = new AtomicLong(IDLE);

    /** A call begins, or the one before has ended and the next begins. */
    void begins(long nowNanos) {
        sinceNanos.lazySet(nowNanos == IDLE ? nowNanos + 1 : nowNanos);
    }

    void ends() {
        sinceNanos.lazySet(IDLE);
    }

    /** For how long the call has lasted that is going on, in nanoseconds; 0 where there is none. */
    long busyNanos(long nowNanos) {
        long since = sinceNanos.get();
        return since == IDLE ? 0 : Math.max(0, nowNanos - since);
    }
}
