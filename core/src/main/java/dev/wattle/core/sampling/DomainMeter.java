/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.CounterAccumulator;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.PlausiblePower;
import dev.wattle.core.probe.PowerIntegrator;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.timeline.EnergyTimeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
    private final long lagNanos;
    private final @Nullable CounterAccumulator counter;
    private final @Nullable PowerIntegrator integrator;
    private final @Nullable CrossCheck crossCheck;
    private final EnergyTimeline timeline = new EnergyTimeline(RECORDS);
    private final Coverage coverage;
    private final AtomicLong knownNanos = new AtomicLong();
    private final AtomicLong peakMicrowatts = new AtomicLong(UNKNOWN);

    /** The instant of the first record; written before it is published. */
    private final AtomicLong firstNanos = new AtomicLong();

    private final List<Runnable> awaitingFirst = new ArrayList<>();

    private volatile long maxGapNanos;
    private volatile @Nullable Instant firstReading;
    private volatile @Nullable Loss loss;
    private volatile boolean retired;
    private long appendedNanos;
    private boolean toldFirst;

    DomainMeter(EnergyDomain domain, SamplingClock clock, long maxGapNanos) {
        this.domain = domain;
        this.clock = clock;
        this.coverage = new Coverage(clock);
        this.maxGapNanos = maxGapNanos;
        if (domain.sensor() instanceof Sensor.Counter sensor) {
            this.counter = new CounterAccumulator(sensor.rangeMicrojoules(), PlausiblePower.microwatts(domain));
            this.integrator = null;
            this.lagNanos = 0;
            this.crossCheck = sensor.check()
                    .map(check -> new CrossCheck(
                            timeline,
                            check.lagNanos(),
                            PlausiblePower.microwatts(domain.component(), check.limitMicrowatts())))
                    .orElse(null);
        } else {
            this.counter = null;
            this.lagNanos = ((Sensor.Power) domain.sensor()).lagNanos();
            this.integrator = new PowerIntegrator(lagNanos, PlausiblePower.microwatts(domain));
            this.crossCheck = null;
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

    /** The date of the last reading, less the sensor's lag; meaningless while the domain is not known. */
    long knownNanos() {
        return knownNanos.get();
    }

    /** Whether another domain meters the same hardware from now on: this one keeps its energy and is read no more. */
    public boolean isRetired() {
        return retired;
    }

    /** Another domain takes over; after the last reading, by the thread that reads. */
    void retire() {
        finish();
        end(clock.nanoTime());
        retired = true;
    }

    /** Nothing is to be read after this instant; by any thread. */
    void end(long nanos) {
        coverage.end(nanos);
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
        if (timeline.size() < 2) {
            return UNKNOWN;
        }
        long end = timeline.latestNanos();
        if (clock.nanoTime() - lagNanos - end > maxGapNanos + POWER_WINDOW_NANOS) {
            return UNKNOWN;
        }
        long nanos = Math.min(POWER_WINDOW_NANOS, end - firstNanos.get());
        long microjoules = timeline.microjoulesBetween(end - nanos, end);
        return microjoules < 0 ? UNKNOWN : scale(microjoules, nanos);
    }

    /** How far in the past the sensor's readings lie, in nanoseconds. */
    public long lagNanos() {
        return lagNanos;
    }

    /**
     * The shortest stretch of time whose energy can be told, in nanoseconds: that between two steps of a counter on average,
     * or the window of a sensor that averages. 0 before the second reading.
     */
    public long resolutionNanos() {
        long steps = timeline.size() - 1;
        return steps <= 0 ? 0 : Math.max((timeline.latestNanos() - firstNanos.get()) / steps, 2 * lagNanos);
    }

    /** The highest mean power over a second, in microwatts, or {@link #UNKNOWN} before the first second. */
    public long peakMicrowatts() {
        return peakMicrowatts.get();
    }

    /** The mean power since the domain was first read, in microwatts, or {@link #UNKNOWN}. */
    public long averageMicrowatts() {
        long nanos = timeline.size() == 0 ? 0 : timeline.latestNanos() - firstNanos.get();
        return nanos <= 0 ? UNKNOWN : scale(microjoules(), nanos);
    }

    /** The counter held against integrated power; empty where the hardware does not tell both. */
    public Optional<CrossCheck> crossCheck() {
        return Optional.ofNullable(crossCheck);
    }

    /** When its driver last called the domain lost, and with which words; empty where it never did. */
    public Optional<Loss> loss() {
        return Optional.ofNullable(loss);
    }

    /** When the domain was first read, to the microsecond and less the sensor's lag: its energy counts from then on. */
    public Optional<Instant> firstReading() {
        return Optional.ofNullable(firstReading);
    }

    /** When the domain was last read, to the microsecond and less the sensor's lag: its energy counts until then. */
    public Optional<Instant> lastReading() {
        return firstReading().map(known -> TimeAnchor.now(clock).dateOf(knownNanos.get()));
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
        if (believed) {
            long gaps = coverage.gaps();
            coverage.read(nanos, maxGapNanos, accumulator.lostNanos());
            advance(nanos, accumulator.cumulativeMicrojoules());
            if (crossCheck != null && coverage.gaps() != gaps) {
                crossCheck.interrupted(nanos);
            }
        }
        return believed;
    }

    /** A counter's value from before the meter was there; its energy counts from then on. */
    void earlier(long nanos, long microjoules) {
        if (!isKnown() && counter(nanos, microjoules)) {
            coverage.bridge();
        }
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
            coverage.read(nanos, maxGapNanos, 0);
            advance(accumulator.nanos(), accumulator.cumulativeMicrojoules());
        }
        return believed;
    }

    void check(long nanos, long microwatts) {
        CrossCheck check = crossCheck;
        if (check == null) {
            throw new IllegalStateException(domain.device() + " is not described as having a power to check");
        }
        check.power(nanos, microwatts, maxGapNanos);
    }

    /** The domain is gone; should it come back, it counts from there. */
    void lost(long nanos, String reason) {
        loss = new Loss(TimeAnchor.now(clock).dateOf(nanos), reason);
        silent();
    }

    /** Nothing is known until the next reading, and nothing is filled in; a counter begins anew with it. */
    void silent() {
        coverage.suspended();
        if (counter != null) {
            counter.restarted();
        }
        if (integrator != null) {
            integrator.suspended();
        }
        if (crossCheck != null) {
            crossCheck.interrupted(clock.nanoTime());
        }
    }

    void failed(long nanos) {
        coverage.failed(nanos, maxGapNanos);
    }

    /** After the last reading: records a standstill that was too short to be recorded until now. */
    void finish() {
        long known = knownNanos.get();
        if (isKnown() && known - appendedNanos > 0) {
            append(known, timeline.latestMicrojoules());
        }
    }

    void suspended() {
        coverage.suspended();
        if (counter != null) {
            counter.suspended();
        }
        if (integrator != null) {
            integrator.suspended();
        }
        if (crossCheck != null) {
            crossCheck.interrupted(clock.nanoTime());
        }
    }

    /** Runs what waits for the first reading, once it is in; what one action throws harms no other. */
    void tellFirst(Consumer<String> log) {
        if (toldFirst || !isKnown()) {
            return;
        }
        toldFirst = true;
        List<Runnable> actions;
        synchronized (awaitingFirst) {
            actions = List.copyOf(awaitingFirst);
            awaitingFirst.clear();
        }
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (Throwable e) {
                log.accept("announcing " + domain.device() + " failed: " + e);
            }
        }
    }

    void maxGap(long nanos) {
        maxGapNanos = nanos;
    }

    void notePeak() {
        // A shorter stretch may hold little more than one step of a counter.
        boolean wholeSecond = isKnown() && timeline.latestNanos() - firstNanos.get() >= POWER_WINDOW_NANOS;
        long now = wholeSecond ? microwatts() : UNKNOWN;
        if (now > peakMicrowatts.get()) {
            peakMicrowatts.lazySet(now);
        }
    }

    /**
     * A counter moves in steps. Recording only its changes lets the timeline draw a line between them instead of a
     * staircase; a counter that stands still for longer than its steps is recorded as standing still.
     */
    private void advance(long nanos, long cumulativeMicrojoules) {
        knownNanos.lazySet(nanos);
        if (!isKnown()) {
            firstNanos.lazySet(nanos);
            firstReading = TimeAnchor.now(clock).dateOf(nanos);
            append(nanos, cumulativeMicrojoules);
            return;
        }
        long elapsed = nanos - appendedNanos;
        boolean moved = cumulativeMicrojoules > timeline.latestMicrojoules();
        if (elapsed > 0 && (moved || elapsed >= POWER_WINDOW_NANOS)) {
            append(nanos, cumulativeMicrojoules);
        }
    }

    private void append(long nanos, long cumulativeMicrojoules) {
        timeline.append(nanos, cumulativeMicrojoules);
        appendedNanos = nanos;
    }

    /**
     * A domain's loss.
     *
     * @param when to the microsecond
     * @param reason what the driver said
     */
    public record Loss(Instant when, String reason) {}

    private static long scale(long microjoules, long nanos) {
        return (long) ((double) microjoules / nanos * NANOS_PER_SECOND);
    }
}
