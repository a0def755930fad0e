/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.energy.PowerIntegrator;
import java.util.Locale;

/**
 * Decides whether the power of a domain's hardware has to replace its counter.
 *
 * <p>A counter cannot be right if it does not change, or is far too slow, while power is drawn; or if it shows far more than the
 * power and more than half of what its hardware can draw. If the power is close to zero, nothing is decided.
 *
 * <p>The doubtful stretch starts where the counter last moved as the power says. The energy of that stretch is the integrated
 * power's, so that none is lost until the decision. For the thread that reads.
 */
final class CounterFallback {

    /**
     * No sensor of a working board is wrong by this factor, and no unit; a counter and a power of an idle board were seen to
     * differ by 1.7.
     */
    private static final int MAX_RATIO = 10;

    private static final long STANDSTILL_NANOS = 3_000_000_000L;

    /** A power that is the mean of the last second lags behind the end of a load by seconds of an idle board's energy. */
    private static final long SLOW_NANOS = 10_000_000_000L;

    /** A counter that is too fast is believed until the decision, which therefore comes sooner. */
    private static final long FAST_NANOS = 1_000_000_000L;

    private static final long MIN_SAMPLES = 3;

    /** A watt over the time of a standstill. */
    private static final long MIN_MICROJOULES = 3_000_000;

    private static final long MIN_FAST_MICROJOULES = 1_000_000;

    private final EnergyTimeline counter;
    private final PowerIntegrator power;
    private final long boundMicrowatts;

    private boolean open;
    private long samples;
    private long interpolated;
    private long startNanos;
    private long startCounter;
    private long startPower;
    private long startAccounted;
    private long counted;

    /**
     * @param counter the domain's cumulative energy by its counter
     * @param power takes each power before {@link #sample} is called
     * @param boundMicrowatts the highest plausible power
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
     * @return why the counter has to be replaced; empty if it does not
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
            start(now);
            return "";
        }
        counted = now;
        return decide(implausible, STANDSTILL_NANOS, MIN_MICROJOULES);
    }

    /** Decides at the end of metering, as far as it is known; as {@link #sample}. */
    String last() {
        return open && counted == startCounter ? decide(false, FAST_NANOS, MIN_FAST_MICROJOULES) : "";
    }

    /** The counter or the power restarts. */
    void interrupted() {
        open = false;
    }

    /** The instant from which the energy is the power's, less the sensor's lag. */
    long startNanos() {
        return startNanos;
    }

    /** The integrated energy that the counter has covered already, in microjoules. */
    long coveredMicrojoules() {
        return startPower + Math.min(counted - startCounter, power.cumulativeMicrojoules() - startPower);
    }

    /** The time of the integrated energy before {@link #startNanos()}, in nanoseconds. */
    long coveredNanos() {
        return startAccounted;
    }

    PowerIntegrator power() {
        return power;
    }

    /** Whether the counter moved about as much as the power says since the start, or the power says nothing. */
    private boolean agrees(long now) {
        long byCounter = now - startCounter;
        long byPower = power.cumulativeMicrojoules() - startPower;
        boolean saysNothing = byPower < MIN_MICROJOULES && power.nanos() - startNanos >= STANDSTILL_NANOS;
        boolean moved = now > counted && byCounter >= byPower / MAX_RATIO;
        return saysNothing || (moved && (byCounter / MAX_RATIO <= byPower || !isHigh(byCounter)));
    }

    private boolean isHigh(long byCounter) {
        long nanos = Math.max(1, power.nanos() - startNanos);
        return EnergyUnits.meanMicrowatts(byCounter, nanos) > boundMicrowatts / 2;
    }

    private String decide(boolean implausible, long standstillNanos, long minMicrojoules) {
        long nanos = power.nanos() - startNanos;
        long byCounter = counted - startCounter;
        long byPower = power.cumulativeMicrojoules() - startPower;
        if (samples < MIN_SAMPLES || nanos < FAST_NANOS || byPower < MIN_FAST_MICROJOULES) {
            return "";
        }
        boolean still = byCounter == 0 && nanos >= standstillNanos && byPower >= minMicrojoules;
        boolean slow = byCounter < byPower / MAX_RATIO && nanos >= SLOW_NANOS && byPower >= minMicrojoules;
        boolean fast = byCounter / MAX_RATIO > byPower && isHigh(byCounter);
        if (!implausible && !still && !slow && !fast) {
            return "";
        }
        String shows = implausible
                ? "shows more than " + boundMicrowatts / 1_000_000 + " W"
                : still ? "stands still" : String.format((Locale) null, "shows %.3g W", byCounter * 1e3 / nanos);
        return String.format((Locale) null, "its counter %s at a power of %.1f W", shows, byPower * 1e3 / nanos);
    }

    private void start(long now) {
        open = true;
        samples = 0;
        startNanos = power.nanos();
        startCounter = now;
        startPower = power.cumulativeMicrojoules();
        startAccounted = power.accountedNanos();
        counted = now;
    }
}
