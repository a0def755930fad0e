/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.CounterAccumulator;
import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.energy.PlausiblePower;
import dev.wattle.core.energy.PowerIntegrator;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.SamplingClock;
import dev.wattle.core.time.TimeAnchor;
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

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** After so long without a change a counter is recorded as standing still. */
    private static final long STANDSTILL_NANOS = NANOS_PER_SECOND;

    /** NVIDIA's counters are renewed at that rate, and no other of a board is known to be slower. */
    private static final long BOARD_STEP_NANOS = NANOS_PER_SECOND / 10;

    /** For how long a power that is told beside an implausible counter is waited for. */
    private static final long STANDBY_PATIENCE_NANOS = 3 * NANOS_PER_SECOND;

    private final EnergyDomain domain;
    private final SamplingClock clock;
    private final long lagNanos;
    private final @Nullable CounterAccumulator counter;
    private final @Nullable PowerIntegrator integrator;
    private final @Nullable PowerIntegrator check;
    private final @Nullable CrossCheck crossCheck;
    private final @Nullable CounterFallback standby;
    private final EnergyTimeline timeline = new EnergyTimeline(RECORDS);
    private final Coverage coverage;
    private final MeanPower meanPower;
    private final AtomicLong knownNanos = new AtomicLong();
    private final AtomicLong accountedNanos = new AtomicLong();

    /** The instant of the first record; written before it is published. */
    private final AtomicLong firstNanos = new AtomicLong();

    private final List<Runnable> awaitingFirst = new ArrayList<>();

    private volatile long maxGapNanos;
    private volatile @Nullable Instant firstReading;
    private volatile @Nullable Loss loss;
    private volatile @Nullable Suspicion suspicion;
    private volatile boolean retired;
    private volatile boolean superseded;
    private long appendedNanos;
    private boolean toldFirst;
    private long lostNanos;
    private long implausibleNanos;
    private boolean implausible;
    private boolean doubted;

    /** What of the integrator is of the time before this domain took over. */
    private long originMicrojoules;

    private long originNanos;

    public DomainMeter(EnergyDomain domain, SamplingClock clock, long maxGapNanos) {
        this(domain, clock, maxGapNanos, integratorOf(domain));
    }

    /** @param integrator of a domain that is known by its power, else of the power that its counter is held against */
    private DomainMeter(
            EnergyDomain domain, SamplingClock clock, long maxGapNanos, @Nullable PowerIntegrator integrator) {
        this.domain = domain;
        this.clock = clock;
        this.coverage = new Coverage(clock);
        this.maxGapNanos = maxGapNanos;
        long boundMicrowatts = PlausiblePower.microwatts(domain);
        if (domain.sensor() instanceof Sensor.Counter sensor) {
            this.counter = new CounterAccumulator(sensor.rangeMicrojoules(), boundMicrowatts);
            this.integrator = null;
            this.lagNanos = 0;
            this.meanPower = MeanPower.ofCounter(domain.component() == Component.GPU ? BOARD_STEP_NANOS : 0);
            this.check = integrator;
            this.crossCheck = integrator == null ? null : new CrossCheck(timeline, integrator);
            this.standby = integrator == null ? null : new CounterFallback(timeline, integrator, boundMicrowatts);
        } else {
            this.counter = null;
            this.integrator = integrator;
            this.lagNanos = ((Sensor.Power) domain.sensor()).lagNanos();
            this.meanPower = MeanPower.ofPower();
            this.check = null;
            this.crossCheck = null;
            this.standby = null;
        }
    }

    private static @Nullable PowerIntegrator integratorOf(EnergyDomain domain) {
        Optional<Sensor.Power> power = domain.sensor() instanceof Sensor.Counter counter
                ? counter.check()
                : Optional.of((Sensor.Power) domain.sensor());
        return power.map(known -> new PowerIntegrator(known.lagNanos(), PlausiblePower.microwatts(domain)))
                .orElse(null);
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
    public long knownNanos() {
        return knownNanos.get();
    }

    /** Whether another domain meters the same hardware from now on: this one keeps its energy and is read no more. */
    public boolean isRetired() {
        return retired;
    }

    /** Another source is to meter the same hardware: this domain is read no more. By any thread. */
    public void supersede() {
        superseded = true;
    }

    public boolean isSuperseded() {
        return superseded;
    }

    /** Another domain takes over; after the last reading, by the thread that reads. */
    public void retire() {
        finish();
        end(clock.nanoTime());
        retired = true;
    }

    /** Nothing is to be read after this instant; by any thread. */
    public void end(long nanos) {
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

    /**
     * The mean power over the last second, in microwatts, or {@link #UNKNOWN} where it was not read lately; of a counter that
     * steps, between two of its steps, at least a second apart.
     */
    public long microwatts() {
        if (!isKnown() || retired || clock.nanoTime() - lagNanos - knownNanos.get() > maxGapNanos + NANOS_PER_SECOND) {
            return UNKNOWN;
        }
        return meanPower.microwatts();
    }

    /**
     * By which part of itself {@link #microwatts()} may be wrong because of when a counter stepped, which is known only to
     * the time between two readings: 0.02 is 2 %. 0 where the power is unknown, a sensor's, or of a counter without steps.
     */
    public double powerError() {
        return meanPower.error();
    }

    /** How far in the past the sensor's readings lie, in nanoseconds. */
    public long lagNanos() {
        return lagNanos;
    }

    /**
     * The shortest stretch of time whose energy can be told, in nanoseconds: that between two steps of a counter lately, or
     * the window of a sensor that averages. 0 before the second reading.
     */
    public long resolutionNanos() {
        return timeline.size() < 2 ? 0 : Math.max(meanPower.stepNanos(), 2 * lagNanos);
    }

    /**
     * The highest mean power over a second or more, the whole of the time seen included, in microwatts, or {@link #UNKNOWN}
     * before the second reading. Never below {@link #averageMicrowatts()} of the same moment.
     */
    public long peakMicrowatts() {
        return Math.max(meanPower.peakMicrowatts(), averageMicrowatts());
    }

    /** The mean power over the time whose energy is known, in microwatts, or {@link #UNKNOWN}. */
    public long averageMicrowatts() {
        long nanos = accountedNanos.get();
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

    /** The instant from which its energy counts, on the meter's clock; meaningless while the domain is not known. */
    public long firstNanos() {
        return firstNanos.get();
    }

    /** Since when its readings are not believed any longer, and why; empty where they are. */
    public Optional<Suspicion> suspicion() {
        return Optional.ofNullable(suspicion);
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

    /** Whether its energy comes from a counter, rather than from a power. */
    public boolean isCounter() {
        return counter != null;
    }

    /** Takes a counter's value; answers whether it is not refused. */
    public boolean counter(long nanos, long microjoules) {
        CounterAccumulator accumulator = counter;
        if (accumulator == null) {
            throw new IllegalStateException(domain.device() + " is not described as a counter");
        }
        boolean believed = accumulator.accept(nanos, microjoules);
        coverage.rejected(accumulator.rejected());
        noteImplausible(nanos, accumulator.isImplausible(), "its counter shows more than ");
        if (believed) {
            count(accumulator, nanos);
        } else if (accumulator.isPending()) {
            coverage.undecided(nanos);
        } else {
            coverage.refused(nanos);
        }
        return believed || accumulator.isPending();
    }

    /** A counter's value from before the meter was there; its energy counts from then on. */
    public void earlier(long nanos, long microjoules) {
        if (!isKnown() && counter(nanos, microjoules)) {
            coverage.bridge();
        }
    }

    private void count(CounterAccumulator accumulator, long nanos) {
        boolean continuous = coverage.read(nanos, maxGapNanos, accumulator.lostNanos());
        if (accumulator.lostNanos() != lostNanos) {
            lostNanos = accumulator.lostNanos();
            meanPower.restarted();
        }
        advance(nanos, accumulator.cumulativeMicrojoules(), accumulator.accountedNanos());
        if (!continuous) {
            interruptCheck(nanos);
        }
    }

    /** Takes a power; answers whether it is not refused. */
    public boolean power(long nanos, long microwatts) {
        PowerIntegrator accumulator = integrator;
        if (accumulator == null) {
            throw new IllegalStateException(domain.device() + " is not described as a power");
        }
        boolean believed = accumulator.accept(nanos, microwatts, maxGapNanos);
        coverage.rejected(accumulator.rejected());
        coverage.interpolated(accumulator.interpolatedMicrojoules());
        noteImplausible(nanos, accumulator.isImplausible(), "its sensor shows more than ");
        if (believed) {
            coverage.read(nanos, maxGapNanos, 0);
            integrated(accumulator);
        } else {
            coverage.refused(nanos);
        }
        return believed;
    }

    /** Takes a power to hold the counter against; answers whether another domain must take over. */
    public boolean check(long nanos, long microwatts) {
        PowerIntegrator power = check;
        CrossCheck held = crossCheck;
        CounterFallback other = standby;
        if (power == null || held == null || other == null) {
            throw new IllegalStateException(domain.device() + " is not described as having a power to check");
        }
        if (power.accept(nanos, microwatts, maxGapNanos)) {
            held.sample();
            doubt(nanos, other.sample(implausible));
        }
        return doubted;
    }

    /** Metering ends; answers whether another domain must take over what was not decided yet. */
    public boolean checkLast() {
        if (standby != null && !retired) {
            doubt(clock.nanoTime(), standby.last());
        }
        return doubted;
    }

    private void doubt(long nanos, String reason) {
        if (!reason.isEmpty()) {
            doubted = true;
            suspect(nanos, reason);
        }
    }

    private void noteImplausible(long nanos, boolean nowImplausible, String shows) {
        if (!implausible && nowImplausible) {
            implausibleNanos = nanos;
        }
        implausible = nowImplausible;
        boolean decided = standby == null || nanos - implausibleNanos >= STANDBY_PATIENCE_NANOS;
        if (implausible && decided) {
            suspect(nanos, shows + PlausiblePower.microwatts(domain) / 1_000_000 + " W");
        }
    }

    private void suspect(long nanos, String reason) {
        if (suspicion == null) {
            suspicion = new Suspicion(TimeAnchor.now(clock).dateOf(nanos), reason);
        }
    }

    /** The same hardware, known by its power from where this domain's counter is doubted. */
    public DomainMeter successor() {
        CounterFallback other = standby;
        if (other == null || !(domain.sensor() instanceof Sensor.Counter sensor)) {
            throw new IllegalStateException(domain.device() + " has nothing that could take over");
        }
        EnergyDomain byPower = new EnergyDomain(
                domain.component(),
                domain.device(),
                domain.name(),
                domain.uuid(),
                Quality.INTEGRATED,
                domain.scope(),
                domain.source() + "; its power instead",
                sensor.check().orElseThrow().withLimit(domain.sensor().limitMicrowatts()));
        DomainMeter next = new DomainMeter(byPower, clock, maxGapNanos, other.power());
        next.resume(other);
        return next;
    }

    private void resume(CounterFallback other) {
        PowerIntegrator power = other.power();
        originMicrojoules = other.takenMicrojoules();
        originNanos = other.takenAccountedNanos();
        coverage.read(other.fromNanos() + lagNanos, maxGapNanos, 0);
        coverage.bridge();
        advance(other.fromNanos(), 0, 0);
        coverage.read(power.nanos() + lagNanos, maxGapNanos, 0);
        integrated(power);
    }

    private void integrated(PowerIntegrator power) {
        advance(power.nanos(), power.cumulativeMicrojoules() - originMicrojoules, power.accountedNanos() - originNanos);
    }

    /** The domain is gone; should it come back, it counts from there. */
    public void lost(long nanos, String reason) {
        loss = new Loss(TimeAnchor.now(clock).dateOf(nanos), reason);
        silent();
    }

    /** Nothing is known until the next reading, and nothing is filled in; a counter begins anew with it. */
    public void silent() {
        coverage.unseen(clock.nanoTime());
        coverage.suspended();
        meanPower.restarted();
        if (counter != null) {
            counter.restarted();
        }
        if (integrator != null) {
            integrator.suspended();
        }
        interruptCheck(clock.nanoTime());
    }

    public void failed(long nanos) {
        coverage.failed(nanos);
    }

    private void interruptCheck(long nanos) {
        if (crossCheck != null && standby != null) {
            crossCheck.interrupted(nanos);
            standby.interrupted();
        }
    }

    /** After the last reading: records a standstill that was too short to be recorded until now. */
    public void finish() {
        settle();
        long known = knownNanos.get();
        if (isKnown() && known - appendedNanos > 0) {
            append(known, timeline.latestMicrojoules());
        }
    }

    public void suspended() {
        coverage.suspended();
        meanPower.restarted();
        if (counter != null) {
            counter.suspended();
        }
        if (integrator != null) {
            integrator.suspended();
        }
        interruptCheck(clock.nanoTime());
    }

    /** Runs what waits for the first reading, once it is in; what one action throws harms no other. */
    public void tellFirst(Consumer<String> log) {
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

    public void maxGap(long nanos) {
        maxGapNanos = nanos;
    }

    /**
     * A counter moves in steps. Recording only its changes lets the timeline draw a line between them instead of a
     * staircase; a counter that stands still for longer than its steps is recorded as standing still.
     */
    private void advance(long nanos, long cumulativeMicrojoules, long newAccountedNanos) {
        knownNanos.lazySet(nanos);
        if (!isKnown()) {
            firstNanos.lazySet(nanos);
            firstReading = TimeAnchor.now(clock).dateOf(nanos);
            meanPower.changed(nanos, cumulativeMicrojoules);
            append(nanos, cumulativeMicrojoules);
            return;
        }
        long elapsed = nanos - appendedNanos;
        boolean moved = cumulativeMicrojoules > timeline.latestMicrojoules();
        if (elapsed > 0 && (moved || elapsed >= STANDSTILL_NANOS)) {
            append(nanos, cumulativeMicrojoules);
        }
        if (moved || integrator != null || meanPower.isEmpty()) {
            meanPower.changed(nanos, cumulativeMicrojoules);
        } else {
            meanPower.still(nanos);
        }
        accountedNanos.lazySet(newAccountedNanos);
    }

    /** What a counter's last reading is held back for is decided. */
    private void settle() {
        CounterAccumulator accumulator = counter;
        if (accumulator != null && accumulator.isPending()) {
            long accounted = accumulator.accountedNanos();
            accumulator.settle();
            if (!accumulator.isPending()) {
                count(accumulator, knownNanos.get() + accumulator.accountedNanos() - accounted);
            }
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

    /** The mean power in microwatts of an energy over a time, rounded. */
    static long scale(long microjoules, long nanos) {
        return Math.round((double) microjoules / nanos * NANOS_PER_SECOND);
    }
}
