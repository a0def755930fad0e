/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import dev.wattle.core.probe.Sensor;

/**
 * Integrates samples of power into cumulative microjoules by the trapezoid rule.
 *
 * <p>A sample is dated to the centre of the sensor's averaging window: a trailing mean is moved back by the sensor's lag. Whole
 * microjoules are counted and the remainder is carried, so that no number of samples loses energy.
 *
 * <p>Samples further apart than the caller's limit leave a gap. The gap is filled with the mean power metered until then, and
 * that energy is also counted in {@link #interpolatedMicrojoules()}, so that a report can say how much was not seen. The time
 * that the machine slept has no energy: after {@link #suspended()} the next sample is the first.
 *
 * <p>For one thread.
 */
public final class PowerIntegrator {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private static final long DECISION_NANOS = 1_000_000_000L;
    private static final int DECISION_SAMPLES = 3;

    private final long lagNanos;
    private final long boundMicrowatts;

    private boolean started;
    private long lastNanos;
    private long lastMicrowatts;

    private long cumulativeMicrojoules;
    /** What is left below a microjoule, in halves of 10^-9 microjoules: always less than 2 x 10^9. */
    private long carry;

    private long meteredNanos;
    private long accountedNanos;
    private long interpolatedMicrojoules;
    private long rejected;

    private int refusedInARow;
    private long refusedNanos;
    private boolean implausible;

    /**
     * An integrator without a sample.
     *
     * @param lagNanos as in {@link Sensor.Power}
     * @param boundMicrowatts the highest plausible power, as in {@link PlausiblePower}
     */
    public PowerIntegrator(long lagNanos, long boundMicrowatts) {
        this.lagNanos = lagNanos;
        this.boundMicrowatts = boundMicrowatts;
    }

    /**
     * Takes a sample.
     *
     * @param nanos when it was read, the middle of the call; a sample that is not later than the one before is
     *     refused
     * @param microwatts the power, 0 or more
     * @param maxGapNanos the longest time between two samples over which power is taken to change evenly
     * @return whether it was believed
     */
    public boolean accept(long nanos, long microwatts, long maxGapNanos) {
        boolean later = !started || nanos - lastNanos > 0;
        if (!later || microwatts < 0 || microwatts > boundMicrowatts) {
            refuse(nanos);
            return false;
        }
        refusedInARow = 0;
        implausible = false;
        if (started) {
            long elapsed = nanos - lastNanos;
            accountedNanos += elapsed;
            if (elapsed <= maxGapNanos) {
                add(lastMicrowatts + microwatts, elapsed);
                meteredNanos += elapsed;
            } else {
                long before = cumulativeMicrojoules;
                add(2 * meanMicrowattsOr((lastMicrowatts + microwatts) / 2), elapsed);
                interpolatedMicrojoules += cumulativeMicrojoules - before;
            }
        }
        started = true;
        lastNanos = nanos;
        lastMicrowatts = microwatts;
        return true;
    }

    /** The machine slept: nothing is known about the time since the last sample. */
    public void suspended() {
        started = false;
    }

    /** The energy from the first sample's date to {@link #nanos()}, in microjoules; never decreases. */
    public long cumulativeMicrojoules() {
        return cumulativeMicrojoules;
    }

    /** The instant until which the energy is known: that of the last sample, less the sensor's lag. */
    public long nanos() {
        return lastNanos - lagNanos;
    }

    /** The part of the energy that fills gaps, in microjoules. */
    public long interpolatedMicrojoules() {
        return interpolatedMicrojoules;
    }

    /** The number of samples that were not believed. */
    public long rejected() {
        return rejected;
    }

    /** Whether no sample could be believed for a second and several times in a row. */
    public boolean isImplausible() {
        return implausible;
    }

    /** The time in which the counted energy was used, in nanoseconds; filled gaps are included. */
    public long accountedNanos() {
        return accountedNanos;
    }

    private void refuse(long nanos) {
        rejected++;
        if (refusedInARow++ == 0) {
            refusedNanos = nanos;
        }
        implausible |= refusedInARow >= DECISION_SAMPLES && nanos - refusedNanos >= DECISION_NANOS;
    }

    private long meanMicrowattsOr(long microwatts) {
        if (meteredNanos == 0) {
            return microwatts;
        }
        double measured = (double) (cumulativeMicrojoules - interpolatedMicrojoules);
        return (long) (measured / meteredNanos * NANOS_PER_SECOND);
    }

    /** Adds half of the summed power over the time; in parts so that no product overflows. */
    private void add(long summedMicrowatts, long nanos) {
        long halves = summedMicrowatts * (nanos / NANOS_PER_SECOND);
        long ofMillis = summedMicrowatts * (nanos % NANOS_PER_SECOND / NANOS_PER_MILLI);
        halves += ofMillis / 1_000;
        long below = ofMillis % 1_000 * NANOS_PER_MILLI + summedMicrowatts * (nanos % NANOS_PER_MILLI) + carry;
        halves += below / NANOS_PER_SECOND;
        cumulativeMicrojoules += halves >> 1;
        carry = (halves & 1) * NANOS_PER_SECOND + below % NANOS_PER_SECOND;
    }
}
