/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

/**
 * Lets a thing happen once in a period on average, however often it is asked for.
 *
 * <p>An asker whose own period is nearly this one comes a little early at times; he is let through up to a quarter early,
 * and the next turn is counted from when this one was due. So {@code n} turns take at least {@code n - 1.25} periods. For
 * one thread.
 */
final class RateLimit {

    private final long periodNanos;
    private final long slackNanos;
    private boolean begun;
    private long dueNanos;

    /** @param periodNanos 0 for no limit */
    RateLimit(long periodNanos) {
        this.periodNanos = periodNanos;
        this.slackNanos = periodNanos / 4;
    }

    /** Whether it is time; if so, this turn is taken. */
    boolean takes(long nowNanos) {
        if (begun && nowNanos - (dueNanos - slackNanos) < 0) {
            return false;
        }
        long onGrid = begun ? dueNanos + periodNanos : nowNanos + periodNanos;
        // Who came late starts a new grid, or turns missed would be made up for in a burst.
        long earliest = nowNanos + periodNanos - slackNanos;
        dueNanos = onGrid - earliest > 0 ? onGrid : earliest;
        begun = true;
        return true;
    }
}
