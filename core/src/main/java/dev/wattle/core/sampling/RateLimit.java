/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

/**
 * Limits an action to once a period on average.
 *
 * <p>A caller whose own period is nearly the same is sometimes a little early. A turn may be taken up to a quarter of a period
 * early, and the next one is due a period after this one was due: {@code n} turns take at least {@code n - 1.25} periods. For
 * one thread.
 */
final class RateLimit {

    private final long periodNanos;
    private final long slackNanos;
    private boolean started;
    private long dueNanos;

    /** @param periodNanos 0 for no limit */
    RateLimit(long periodNanos) {
        this.periodNanos = periodNanos;
        this.slackNanos = periodNanos / 4;
    }

    /** Takes a turn if one is due. */
    boolean takes(long nowNanos) {
        if (started && nowNanos - (dueNanos - slackNanos) < 0) {
            return false;
        }
        long onGrid = started ? dueNanos + periodNanos : nowNanos + periodNanos;
        // A late turn starts a new grid; otherwise the missed turns would follow in a burst.
        long earliest = nowNanos + periodNanos - slackNanos;
        dueNanos = onGrid - earliest > 0 ? onGrid : earliest;
        started = true;
        return true;
    }
}
