/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.CounterAccumulator;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.PowerIntegrator;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.timeline.EnergyTimeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one domain since metering began.
 *
 * <p>The sampling thread writes, any thread reads. A domain that stops answering keeps its total, and its power becomes
 * unknown, not zero.
 */
public final class DomainMeter {

    /** The answer of {@link #microwatts()} where the power is not known. */
    public static final long UNKNOWN = -1;

    /** 13 minutes at 10 Hz. Whoever needs a longer window keeps the energy at its begin. */
    private static final int RECORDS = 8192;

    /** The stretch over which power is a mean: longer than the steps of the slowest counters. */
    private static final long POWER_WINDOW_NANOS = 1_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final EnergyDomain domain;
    private final SamplingClock clock;
    private final @Nullable CounterAccumulator counter;
    private final @Nullable PowerIntegrator integrator;
    private final EnergyTimeline timeline = new EnergyTimeline(RECORDS);
    private final Coverage coverage = new Coverage();
    private final AtomicLong peakMicrowatts = new AtomicLong(UNKNOWN);

    private final List<Runnable> awaitingFirst = new ArrayList<>();

    private volatile long maxGapNanos;
    private volatile @Nullable Instant firstReading;
    private long appendedNanos;

    DomainMeter(EnergyDomain domain, SamplingClock clock, long maxGapNanos) {
        this.domain = domain;
        this.clock = clock;
        this.maxGapNanos = maxGapNanos;
        if (domain.sensor() instanceof Sensor.Counter sensor) {
            this.counter = new CounterAccumulator(sensor.rangeMicrojoules());
            this.integrator = null;
        } else {
            this.counter = null;
            this.integrator = new PowerIntegrator(((Sensor.Power) domain.sensor()).lagNanos());
        }
    }

    /** What this is the meter of. */
    public EnergyDomain domain() {
        return domain;
    }

    /** The energy over time, for windows. */
    public EnergyTimeline timeline() {
        return timeline;
    }

    /** The energy since metering began, in microjoules; never decreases. */
    public long microjoules() {
        return timeline.latestMicrojoules();
    }

    /** Whether the domain was read at least once. */
    public boolean isKnown() {
        return timeline.size() > 0;
    }

    /** Runs the action once the domain was read: now, or by the sampling thread at the first reading. */
    public void whenKnown(Runnable action) {
        synchronized (awaitingFirst) {
            if (!isKnown()) {
                awaitingFirst.add(action);
                return;
            }
        }
        action.run();
    }

    /** The mean power over the last second, in microwatts, or {@link #UNKNOWN} where it was not read lately. */
    public long microwatts() {
        if (timeline.size() < 2 || clock.nanoTime() - timeline.latestNanos() > maxGapNanos + POWER_WINDOW_NANOS) {
            return UNKNOWN;
        }
        long end = timeline.latestNanos();
        long begin = Math.max(end - POWER_WINDOW_NANOS, coverage.firstNanos());
        long microjoules = timeline.microjoulesBetween(begin, end);
        return microjoules < 0 || end <= begin ? UNKNOWN : scale(microjoules, end - begin);
    }

    /** The highest mean power over a second, in microwatts, or {@link #UNKNOWN} before the first second. */
    public long peakMicrowatts() {
        return peakMicrowatts.get();
    }

    /** The mean power since the domain was first read, in microwatts, or {@link #UNKNOWN}. */
    public long averageMicrowatts() {
        long nanos = timeline.size() == 0 ? 0 : timeline.latestNanos() - coverage.firstNanos();
        return nanos <= 0 ? UNKNOWN : scale(microjoules(), nanos);
    }

    /** When the domain was first read, to the microsecond: from then on its energy is counted. */
    public Optional<Instant> firstReading() {
        return Optional.ofNullable(firstReading);
    }

    /** When the domain was last read, to the microsecond: until then its energy is counted. */
    public Optional<Instant> lastReading() {
        return firstReading().map(known -> TimeAnchor.now(clock).dateOf(coverage.lastNanos()));
    }

    /** What part of the time was seen, and what was not. */
    public Coverage coverage() {
        return coverage;
    }

    boolean counter(long nanos, long microjoules) {
        CounterAccumulator accumulator = counter;
        if (accumulator == null) {
            throw new IllegalStateException(domain.device() + " is not described as a counter");
        }
        boolean believed = accumulator.accept(nanos, microjoules);
        coverage.rejected(accumulator.rejected());
        coverage.lost(accumulator.lostNanos());
        if (believed) {
            advance(nanos, nanos, accumulator.cumulativeMicrojoules());
        }
        return believed;
    }

    boolean power(long nanos, long microwatts) {
        PowerIntegrator accumulator = integrator;
        if (accumulator == null) {
            throw new IllegalStateException(domain.device() + " is not described as a power");
        }
        boolean believed = accumulator.accept(nanos, microwatts, maxGapNanos);
        coverage.rejected(accumulator.rejected());
        coverage.interpolated(accumulator.interpolatedMicrojoules());
        if (believed) {
            advance(nanos, accumulator.nanos(), accumulator.cumulativeMicrojoules());
        }
        return believed;
    }

    void suspended() {
        coverage.suspended();
        if (counter != null) {
            counter.suspended();
        }
        if (integrator != null) {
            integrator.suspended();
        }
    }

    void maxGap(long nanos) {
        maxGapNanos = nanos;
    }

    void notePeak() {
        long now = microwatts();
        if (now > peakMicrowatts.get()) {
            peakMicrowatts.lazySet(now);
        }
    }

    /**
     * A counter moves in steps. Recording only its changes lets the timeline draw a line between them instead of a
     * staircase; a counter that stands still for long is recorded as standing still.
     */
    private void advance(long readNanos, long validNanos, long cumulativeMicrojoules) {
        coverage.read(readNanos, maxGapNanos);
        boolean first = timeline.size() == 0;
        if (first) {
            firstReading = TimeAnchor.now(clock).dateOf(readNanos);
        }
        if (first
                || (validNanos > appendedNanos
                        && (cumulativeMicrojoules > timeline.latestMicrojoules()
                                || validNanos - appendedNanos >= maxGapNanos))) {
            timeline.append(validNanos, cumulativeMicrojoules);
            appendedNanos = validNanos;
        }
        if (first) {
            tellFirst();
        }
    }

    private void tellFirst() {
        List<Runnable> actions;
        synchronized (awaitingFirst) {
            actions = List.copyOf(awaitingFirst);
            awaitingFirst.clear();
        }
        actions.forEach(Runnable::run);
    }

    private static long scale(long microjoules, long nanos) {
        return (long) ((double) microjoules / nanos * NANOS_PER_SECOND);
    }
}
