/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

/**
 * When to read the domains of a probe that have failed.
 *
 * <p>The wait doubles with each failure in a row, up to half a minute. After {@value #MAX_FAILURES} failures a domain counts
 * as gone and is tried every half minute. A domain that its driver reports as lost is tried every five seconds: that is how
 * soon a reloaded driver is back. For the thread that reads.
 */
final class RetrySchedule {

    static final int MAX_FAILURES = 8;

    private static final long RETRY_NANOS = 30_000_000_000L;
    private static final long LOST_RETRY_NANOS = 5_000_000_000L;

    private final int[] failuresInARow;
    private final long[] retryAtNanos;

    RetrySchedule(int domains) {
        this.failuresInARow = new int[domains];
        this.retryAtNanos = new long[domains];
    }

    /** Whether the last reading of the domain failed. */
    boolean hasFailed(int domain) {
        return failuresInARow[domain] > 0;
    }

    /** Whether a domain that has failed is to be tried again. */
    boolean isDue(int domain, long nowNanos) {
        return nowNanos - retryAtNanos[domain] >= 0;
    }

    /**
     * Notes a reading that succeeded.
     *
     * @return whether the domain was gone before
     */
    boolean succeeded(int domain) {
        boolean wasGone = isGone(domain);
        failuresInARow[domain] = 0;
        return wasGone;
    }

    /**
     * Notes a reading that failed.
     *
     * @return whether the domain counts as gone with this failure
     */
    boolean failed(int domain, long nowNanos, long periodNanos) {
        int failures = ++failuresInARow[domain];
        long wait = failures >= MAX_FAILURES ? RETRY_NANOS : periodNanos << (failures - 1);
        retryAtNanos[domain] = nowNanos + Math.min(wait, RETRY_NANOS);
        return failures == MAX_FAILURES;
    }

    /**
     * Notes that the driver reports the device as lost.
     *
     * @return whether the domain counts as gone from now on
     */
    boolean lost(int domain, long nowNanos) {
        boolean wasGone = isGone(domain);
        failuresInARow[domain] = Math.max(failuresInARow[domain], MAX_FAILURES);
        retryAtNanos[domain] = nowNanos + LOST_RETRY_NANOS;
        return !wasGone;
    }

    private boolean isGone(int domain) {
        return failuresInARow[domain] >= MAX_FAILURES;
    }
}
