/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

/**
 * Checks that a thread that reads uses less than one part in {@value #PART} of a core over ten seconds. For that thread.
 */
final class OverheadLimiter {

    static final int PART = 100;

    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final long startNanos;
    private boolean started;
    private long intervalNanos;
    private long intervalCpuNanos;

    OverheadLimiter(long startNanos) {
        this.startNanos = startNanos;
    }

    /** Whether the current ten seconds are over. */
    boolean isDue(long nowNanos) {
        return nowNanos - (started ? intervalNanos : startNanos) >= INTERVAL_NANOS;
    }

    /**
     * Checks the ten seconds until now, and starts the next.
     *
     * @param cpuNanos the thread's processor time so far, or {@link MeterThreads#UNKNOWN}
     * @return whether the thread used more than its part; never for the first ten seconds, when classes load and code is cold
     */
    boolean isExceeded(long nowNanos, long cpuNanos) {
        boolean known = started && intervalCpuNanos >= 0;
        boolean exceeded = known && (cpuNanos - intervalCpuNanos) * PART > nowNanos - intervalNanos;
        started = true;
        intervalNanos = nowNanos;
        intervalCpuNanos = cpuNanos;
        return exceeded;
    }
}
