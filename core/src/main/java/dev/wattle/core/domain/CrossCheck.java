/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.energy.PowerIntegrator;

/**
 * Compares a domain's counter with the integral of the power that the same hardware reports.
 *
 * <p>Both are taken between the same two instants. A stretch counts once it is {@value #MIN_SECONDS} s long, so that the
 * steps of the two do not matter, and ends when one of them was not seen. The ratio is that of the sums over all stretches.
 *
 * <p>The thread that reads writes, any thread reads.
 */
public final class CrossCheck {

    /** The relative difference that a report mentions; both claim 5 % (nvml.h, power usage, 2025). */
    public static final double TOLERANCE = 0.1;

    private static final int MIN_SECONDS = 30;
    private static final long MIN_NANOS = MIN_SECONDS * 1_000_000_000L;

    private final EnergyTimeline counter;
    private final PowerIntegrator power;

    private long notBeforeNanos = Long.MIN_VALUE / 2;
    private boolean open;
    private long startNanos;
    private long startCounter;
    private long startPower;
    private long interpolated;

    /** What the open stretch has added to the published ratio. */
    private long openCounter;

    private long openPower;

    private long closedNanos;
    private long closedCounter;
    private long closedPower;

    private volatile double ratio = Double.NaN;
    private volatile long comparedNanos;

    /**
     * @param counter the domain's cumulative energy by its counter
     * @param power takes each power before {@link #sample()} is called
     */
    CrossCheck(EnergyTimeline counter, PowerIntegrator power) {
        this.counter = counter;
        this.power = power;
    }

    /** The counter's energy over the integrated power's; NaN before half a minute, or if the power's energy is 0. */
    public double ratio() {
        return ratio;
    }

    /** The time over which the two were compared, in nanoseconds. */
    public long comparedNanos() {
        return comparedNanos;
    }

    /** Whether the two are known to differ by more than {@link #TOLERANCE}. */
    public boolean disagrees() {
        return Math.abs(ratio - 1) > TOLERANCE;
    }

    /** A power was integrated. */
    void sample() {
        if (power.interpolatedMicrojoules() != interpolated) {
            interpolated = power.interpolatedMicrojoules();
            interrupted(power.nanos());
        }
        long counted = counter.microjoulesAt(power.nanos());
        if (counted < 0 || power.nanos() - notBeforeNanos < 0) {
            // The counter was not read yet, or has not moved since. A later sample knows.
            return;
        }
        if (!open) {
            open = true;
            startNanos = power.nanos();
            startCounter = counted;
            startPower = power.cumulativeMicrojoules();
        } else if (power.nanos() - startNanos >= MIN_NANOS) {
            publish(power.nanos() - startNanos, counted - startCounter, power.cumulativeMicrojoules() - startPower);
        }
    }

    /** One of the two was not seen until this instant, or restarts at it. */
    void interrupted(long nanos) {
        notBeforeNanos = nanos;
        closedNanos = comparedNanos;
        closedCounter += openCounter;
        closedPower += openPower;
        openCounter = 0;
        openPower = 0;
        open = false;
    }

    private void publish(long nanos, long counted, long integrated) {
        openCounter = counted;
        openPower = integrated;
        comparedNanos = closedNanos + nanos;
        long powers = closedPower + integrated;
        ratio = powers > 0 ? (double) (closedCounter + counted) / powers : Double.NaN;
    }
}
