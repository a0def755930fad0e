/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.energy.PowerIntegrator;
import dev.wattle.core.probe.Readings;

/** Readings of powers on a clock of their own, integrated as the meter does. */
public final class IntegratedReadings implements Readings {
    private static final long MAX_GAP_NANOS = 1_500_000_000L;

    private static final long BOUND = 4_000_000_000L;

    private final PowerIntegrator[] domains = {new PowerIntegrator(0, BOUND), new PowerIntegrator(0, BOUND)};
    public long nanoTime;
    public int failures;

    public PowerIntegrator domain(int domain) {
        return domains[domain];
    }

    @Override
    public long nanoTime() {
        return nanoTime;
    }

    @Override
    public boolean wants(int domain) {
        return true;
    }

    @Override
    public void power(int domain, long beforeNanos, long afterNanos, long microwatts) {
        domains[domain].accept(beforeNanos + (afterNanos - beforeNanos) / 2, microwatts, MAX_GAP_NANOS);
    }

    @Override
    public void failed(int domain) {
        failures++;
    }

    @Override
    public void lost(int domain, String reason) {
        failures++;
    }

    @Override
    public void counter(int domain, long beforeNanos, long afterNanos, long microjoules) {
        throw new AssertionError("a power is integrated, not a counter");
    }

    @Override
    public void check(int domain, long beforeNanos, long afterNanos, long microwatts) {
        throw new AssertionError("a power is integrated, not a counter");
    }
}
