/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.Readings;

/** Readings that count what they are handed and keep nothing, so that only the probe can allocate. */
public final class SilentReadings implements Readings {
    public long handed;
    public long failures;
    public long silences;
    private long nanoTime;

    @Override
    public long nanoTime() {
        return nanoTime += 50_000_000;
    }

    @Override
    public boolean wants(int domain) {
        return true;
    }

    @Override
    public void counter(int domain, long beforeNanos, long afterNanos, long microjoules) {
        handed++;
    }

    @Override
    public void power(int domain, long beforeNanos, long afterNanos, long microwatts) {
        handed++;
    }

    @Override
    public void failed(int domain) {
        failures++;
    }

    @Override
    public void silent(int domain) {
        silences++;
    }

    @Override
    public void check(int domain, long beforeNanos, long afterNanos, long microwatts) {
        handed++;
    }

    @Override
    public void lost(int domain, String reason) {
        failures++;
    }
}
