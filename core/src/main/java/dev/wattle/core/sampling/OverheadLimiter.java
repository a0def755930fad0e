/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

/**
 * Keeps the sampling thread below one part in {@value #PART} of a core, judged over stretches of ten seconds. For the
 * sampling thread.
 */
final class OverheadLimiter {

    static final int PART = 100;

    private static final long STRETCH_NANOS = 10_000_000_000L;

    private final long startNanos;
    private boolean begun;
    private long stretchNanos;
    private long stretchCpuNanos;

    OverheadLimiter(long startNanos) {
        this.startNanos = startNanos;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - (begun ? stretchNanos : startNanos) >= STRETCH_NANOS;
    }

    /**
     * Closes a stretch.
     *
     * @param cpuNanos the thread's processor time so far, or {@link MeterThreads#UNKNOWN}
     * @return whether it used more than its part; never for the first stretch, in which classes load and code is cold
     */
    boolean isExceeded(long nowNanos, long cpuNanos) {
        boolean known = begun && stretchCpuNanos >= 0;
        boolean exceeded = known && (cpuNanos - stretchCpuNanos) * PART > nowNanos - stretchNanos;
        begun = true;
        stretchNanos = nowNanos;
        stretchCpuNanos = cpuNanos;
        return exceeded;
    }
}
