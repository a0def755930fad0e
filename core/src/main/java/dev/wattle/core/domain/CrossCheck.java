/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.energy.PowerIntegrator;

/**
 * Holds a domain's counter against the integral of the power that the same hardware tells.
 *
 * <p>Both are taken between the same two instants. A stretch counts once it is {@value #LEAST_SECONDS} s long, so that the
 * steps of neither decide, and ends where either was not seen; the ratio is that of the sums over all stretches. The
 * sampling thread writes, any thread reads.
 */
public final class CrossCheck {

    /** What the two may differ by before a report says so: both claim 5 % (nvml.h, power usage, 2025). */
    public static final double TOLERANCE = 0.1;

    private static final int LEAST_SECONDS = 30;
    private static final long LEAST_NANOS = LEAST_SECONDS * 1_000_000_000L;

    private final EnergyTimeline counter;
    private final PowerIntegrator power;

    private long notBeforeNanos = Long.MIN_VALUE / 2;
    private boolean open;
    private long fromNanos;
    private long fromCounter;
    private long fromPower;
    private long interpolated;

    /** What the open stretch has added to what is published. */
    private long openCounter;

    private long openPower;

    private long closedNanos;
    private long closedCounter;
    private long closedPower;

    private volatile double ratio = Double.NaN;
    private volatile long comparedNanos;

    /**
     * @param counter the domain's cumulative energy by its counter
     * @param power is told each power before this is
     */
    CrossCheck(EnergyTimeline counter, PowerIntegrator power) {
        this.counter = counter;
        this.power = power;
    }

    /** The counter's energy over the integrated power's; NaN before the first half minute, and where that told none. */
    public double ratio() {
        return ratio;
    }

    /** Over how much time the two were compared, in nanoseconds. */
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
            // The counter was not yet read then, or was not seen to move since: a later sample tells.
            return;
        }
        if (!open) {
            open = true;
            fromNanos = power.nanos();
            fromCounter = counted;
            fromPower = power.cumulativeMicrojoules();
        } else if (power.nanos() - fromNanos >= LEAST_NANOS) {
            publish(power.nanos() - fromNanos, counted - fromCounter, power.cumulativeMicrojoules() - fromPower);
        }
    }

    /** One of the two was not seen for a while until this instant, or began anew at it. */
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
