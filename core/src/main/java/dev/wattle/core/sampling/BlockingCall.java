/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.concurrent.atomic.AtomicLong;

/** How long a thread has been inside a call that may block. The thread writes, any thread reads, none waits. */
final class BlockingCall {

    private static final long IDLE = Long.MIN_VALUE;

    private final AtomicLong sinceNanos = new AtomicLong(IDLE);

    /** Notes the start of a call; a call that was in progress has ended. */
    void start(long nowNanos) {
        sinceNanos.lazySet(nowNanos == IDLE ? nowNanos + 1 : nowNanos);
    }

    void end() {
        sinceNanos.lazySet(IDLE);
    }

    /** The duration of the call in progress, in nanoseconds; 0 if there is none. */
    long busyNanos(long nowNanos) {
        long since = sinceNanos.get();
        return since == IDLE ? 0 : Math.max(0, nowNanos - since);
    }
}
