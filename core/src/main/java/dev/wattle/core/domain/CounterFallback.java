/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.energy.PowerIntegrator;
import java.util.Locale;

/**
 * Watches a counter beside the power that the same hardware tells, ready to take over where the counter cannot be right:
 * it stands still or is far too slow while power is drawn, or shows far more than the power and than its hardware can draw.
 *
 * <p>The stretch in doubt begins where the counter last moved as the power says. Its energy is the integrated power's, so
 * that none is lost while the doubt lasts. A power that shows next to nothing decides nothing: the counter counts then. For
 * the thread that reads.
 */
final class CounterFallback {

    /** More than any sensor or unit of a working board is off; an idle board's two were seen to differ by 1.7. */
    private static final int FAR = 10;

    private static final long STANDSTILL_NANOS = 3_000_000_000L;

    /** A power that is a mean of the last second lags behind a load that ends, by seconds of an idle board's energy. */
    private static final long SLOW_DECISION_NANOS = 10_000_000_000L;

    /** What shows more than half the bound is decided sooner, since its energy is believed until then. */
    private static final long FAST_DECISION_NANOS = 1_000_000_000L;

    private static final long LEAST_SAMPLES = 3;

    /** A watt over the time of a standstill. */
    private static final long LEAST_MICROJOULES = 3_000_000;

    private static final long LEAST_FAST_MICROJOULES = 1_000_000;

    private final EnergyTimeline counter;
    private final PowerIntegrator power;
    private final long boundMicrowatts;

    private boolean open;
    private long samples;
    private long interpolated;
    private long fromNanos;
    private long fromCounter;
    private long fromPower;
    private long fromAccounted;
    private long counted;

    /**
     * @param counter the domain's cumulative energy by its counter
     * @param power is told each power before this is
     * @param boundMicrowatts the highest power that is believed
     */
    CounterFallback(EnergyTimeline counter, PowerIntegrator power, long boundMicrowatts) {
        this.counter = counter;
        this.power = power;
        this.boundMicrowatts = boundMicrowatts;
    }

    /**
     * A power was integrated.
     *
     * @param implausible whether the counter's readings are refused
     * @return why the counter is doubted, or empty where it is not
     */
    String sample(boolean implausible) {
        if (power.interpolatedMicrojoules() != interpolated) {
            interpolated = power.interpolatedMicrojoules();
            open = false;
        }
        long now = counter.microjoulesAt(power.nanos());
        if (now == EnergyTimeline.NOT_YET) {
            now = counter.latestMicrojoules();
        }
        if (counter.size() == 0 || now == EnergyTimeline.LOST) {
            return "";
        }
        samples++;
        if (!open || agrees(now)) {
            begin(now);
            return "";
        }
        counted = now;
        return doubt(implausible, STANDSTILL_NANOS, LEAST_MICROJOULES);
    }

    /** Metering ends: why the counter is doubted by what is known by now, or empty. */
    String last() {
        return open && counted == fromCounter ? doubt(false, FAST_DECISION_NANOS, LEAST_FAST_MICROJOULES) : "";
    }

    /** The counter or the power began anew. */
    void interrupted() {
        open = false;
    }

    /** From when on the energy is the power's, on the clock of the readings and less the sensor's lag. */
    long fromNanos() {
        return fromNanos;
    }

    /** The integrated energy before that, and what the counter has counted since, in microjoules. */
    long takenMicrojoules() {
        return fromPower + Math.min(counted - fromCounter, power.cumulativeMicrojoules() - fromPower);
    }

    /** For how long power had been integrated before that, in nanoseconds. */
    long takenAccountedNanos() {
        return fromAccounted;
    }

    PowerIntegrator power() {
        return power;
    }

    /** The counter moved since the stretch began, and about as much as the power says, or that says nothing. */
    private boolean agrees(long now) {
        long byCounter = now - fromCounter;
        long byPower = power.cumulativeMicrojoules() - fromPower;
        boolean saysNothing = byPower < LEAST_MICROJOULES && power.nanos() - fromNanos >= STANDSTILL_NANOS;
        return saysNothing
                || (now > counted && byCounter >= byPower / FAR && (byCounter / FAR <= byPower || !isHigh(byCounter)));
    }

    private boolean isHigh(long byCounter) {
        long nanos = Math.max(1, power.nanos() - fromNanos);
        return EnergyUnits.meanMicrowatts(byCounter, nanos) > boundMicrowatts / 2;
    }

    private String doubt(boolean implausible, long standstillNanos, long leastMicrojoules) {
        long nanos = power.nanos() - fromNanos;
        long byCounter = counted - fromCounter;
        long byPower = power.cumulativeMicrojoules() - fromPower;
        if (samples < LEAST_SAMPLES || nanos < FAST_DECISION_NANOS || byPower < LEAST_FAST_MICROJOULES) {
            return "";
        }
        boolean still = byCounter == 0 && nanos >= standstillNanos && byPower >= leastMicrojoules;
        boolean slow = byCounter < byPower / FAR && nanos >= SLOW_DECISION_NANOS && byPower >= leastMicrojoules;
        boolean fast = byCounter / FAR > byPower && isHigh(byCounter);
        if (!implausible && !still && !slow && !fast) {
            return "";
        }
        String shows = implausible
                ? "shows more than " + boundMicrowatts / 1_000_000 + " W"
                : still ? "stands still" : String.format((Locale) null, "shows %.3g W", byCounter * 1e3 / nanos);
        return String.format((Locale) null, "its counter %s at a power of %.1f W", shows, byPower * 1e3 / nanos);
    }

    private void begin(long now) {
        open = true;
        samples = 0;
        fromNanos = power.nanos();
        fromCounter = now;
        fromPower = power.cumulativeMicrojoules();
        fromAccounted = power.accountedNanos();
        counted = now;
    }
}
