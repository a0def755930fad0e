/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.SamplingClock;
import dev.wattle.core.time.TimeAnchor;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The energy and power of one domain since metering started.
 *
 * <p>A domain that stops answering keeps its energy. Its power becomes {@link #UNKNOWN}, not zero.
 *
 * <p>One thread writes: the thread that reads the domain's probe. Any thread may ask. Instants are those of {@link
 * SamplingClock#nanoTime()}.
 */
public final class DomainMeter {

    /** The power in microwatts where it is not known. */
    public static final long UNKNOWN = -1;

    private final EnergyDomain domain;
    private final SamplingClock clock;
    private final EnergyRecorder recorder;
    private final EnergyInput input;
    private final FirstReadingListeners firstReadingListeners;

    private volatile @Nullable Loss loss;
    private volatile boolean retired;
    private volatile boolean superseded;

    /** @param maxGapNanos the longest time between two readings that counts as seen */
    public DomainMeter(EnergyDomain domain, SamplingClock clock, long maxGapNanos) {
        this(domain, clock, new EnergyRecorder(domain, clock, maxGapNanos));
    }

    private DomainMeter(EnergyDomain domain, SamplingClock clock, EnergyRecorder recorder) {
        this(domain, clock, recorder, EnergyInput.of(domain, recorder));
    }

    private DomainMeter(EnergyDomain domain, SamplingClock clock, EnergyRecorder recorder, EnergyInput input) {
        this.domain = domain;
        this.clock = clock;
        this.recorder = recorder;
        this.input = input;
        this.firstReadingListeners = new FirstReadingListeners(recorder);
    }

    /** The domain. */
    public EnergyDomain domain() {
        return domain;
    }

    /** The energy over time, for windows. */
    public EnergyTimeline timeline() {
        return recorder.timeline();
    }

    /** The energy since metering started, in microjoules; never decreases. */
    public long microjoules() {
        return timeline().latestMicrojoules();
    }

    /** Whether the domain was read at least once. */
    public boolean isKnown() {
        return recorder.hasRecords();
    }

    /** The instant from which the energy counts; meaningless while the domain is not known. */
    public long firstNanos() {
        return recorder.firstNanos();
    }

    /** The instant of the last reading, less the sensor's lag; meaningless while the domain is not known. */
    public long knownNanos() {
        return recorder.knownNanos();
    }

    /** The date of the first reading, to the microsecond and less the sensor's lag: the energy counts from then on. */
    public Optional<Instant> firstReading() {
        return recorder.firstReading();
    }

    /** The date of the last reading, to the microsecond and less the sensor's lag: the energy counts until then. */
    public Optional<Instant> lastReading() {
        return recorder.lastReading();
    }

    /**
     * The mean power over the last second, in microwatts, or {@link #UNKNOWN} without a recent reading. For a counter that
     * moves in steps it is the mean between two steps at least a second apart.
     */
    public long microwatts() {
        return retired ? UNKNOWN : recorder.microwatts();
    }

    /**
     * The possible relative error of {@link #microwatts()}: 0.02 is 2 %. It comes from the times of a counter's steps, which
     * are known only to the time between two readings. 0 for an unknown power, a sensor's power, or a counter without steps.
     */
    public double powerError() {
        return recorder.powerError();
    }

    /**
     * The highest mean power over a second or more, in microwatts, or {@link #UNKNOWN} before the second reading. The whole
     * time seen counts too, so that it is never below {@link #averageMicrowatts()} of the same moment.
     */
    public long peakMicrowatts() {
        return recorder.peakMicrowatts();
    }

    /** The mean power over the time whose energy is known, in microwatts, or {@link #UNKNOWN}. */
    public long averageMicrowatts() {
        return recorder.averageMicrowatts();
    }

    /** How far in the past the sensor's readings lie, in nanoseconds. */
    public long lagNanos() {
        return recorder.lagNanos();
    }

    /**
     * The shortest stretch of time whose energy can be reported, in nanoseconds: the recent time between two steps of a
     * counter, or the window of a sensor that averages. 0 before the second reading.
     */
    public long resolutionNanos() {
        return recorder.resolutionNanos();
    }

    /** Which part of the time was seen. */
    public Coverage coverage() {
        return recorder.coverage();
    }

    /** Whether the energy comes from a counter; else it comes from a power. */
    public boolean isCounter() {
        return domain.sensor() instanceof Sensor.Counter;
    }

    /** The comparison of the counter with the integrated power; empty unless the hardware reports both. */
    public Optional<CrossCheck> crossCheck() {
        return input.crossCheck();
    }

    /** Since when and why the readings are not believed; empty while they are. */
    public Optional<Suspicion> suspicion() {
        return input.suspicion();
    }

    /** The last time that the driver reported the domain as lost; empty if it never did. */
    public Optional<Loss> loss() {
        return Optional.ofNullable(loss);
    }

    /** Whether another domain meters the same hardware from now on. This one keeps its energy and is not read any more. */
    public boolean isRetired() {
        return retired;
    }

    /** Asks for the end of this domain because another source meters the same hardware. For any thread. */
    public void supersede() {
        superseded = true;
    }

    /** Whether the thread that reads has to {@linkplain #retire() retire} this domain. */
    public boolean isSuperseded() {
        return superseded;
    }

    /** Runs the action after the first reading: now, or by the thread that reads. */
    public void whenKnown(Runnable action) {
        firstReadingListeners.add(action);
    }

    /** Sets the end of metering: the domain is not read after this instant. For any thread. */
    public void end(long nanos) {
        coverage().end(nanos);
    }

    // The methods below are for the thread that reads.

    /**
     * Takes a value of the counter, in microjoules as the hardware shows it.
     *
     * @return false if the value is refused
     * @throws IllegalStateException if the domain has no counter
     */
    public boolean counter(long nanos, long microjoules) {
        return input.counter(nanos, microjoules);
    }

    /** Takes a value of the counter from before the meter existed: the energy counts from then on. */
    public void earlier(long nanos, long microjoules) {
        if (!isKnown() && counter(nanos, microjoules)) {
            coverage().bridge();
        }
    }

    /**
     * Takes a power to integrate, in microwatts.
     *
     * @return false if the value is refused
     * @throws IllegalStateException if the domain's energy does not come from a power
     */
    public boolean power(long nanos, long microwatts) {
        return input.power(nanos, microwatts);
    }

    /**
     * Takes a power to compare the counter with, in microwatts.
     *
     * @return whether the {@link #successor()} has to replace this domain
     * @throws IllegalStateException if the domain has no such power
     */
    public boolean check(long nanos, long microwatts) {
        return input.check(nanos, microwatts);
    }

    /** Decides at the end of metering whether the {@link #successor()} has to replace this domain. */
    public boolean checkLast() {
        return !retired && input.checkLast(clock.nanoTime());
    }

    /**
     * Makes the domain that replaces this one: the same hardware, metered by its power from where the counter was last right.
     *
     * @throws IllegalStateException if the hardware does not report a power
     */
    public DomainMeter successor() {
        if (!(input instanceof CheckedCounterInput counter)) {
            throw new IllegalStateException(domain.device() + " has nothing that could take over");
        }
        EnergyDomain byPower = counter.domainByPower();
        EnergyRecorder records = new EnergyRecorder(byPower, clock, recorder.maxGapNanos());
        return new DomainMeter(byPower, clock, records, PowerInput.replacing(counter.fallback(), byPower, records));
    }

    /** Ends this domain after its last reading because another domain replaces it. */
    public void retire() {
        finish();
        end(clock.nanoTime());
        retired = true;
    }

    /** Records that a reading failed. */
    public void failed(long nanos) {
        coverage().failed(nanos);
    }

    /** Records that the device is gone. If it comes back, its energy counts from there. */
    public void lost(long nanos, String reason) {
        loss = new Loss(TimeAnchor.now(clock).dateOf(nanos), reason);
        silent();
    }

    /** The time until the next reading is a gap that no energy fills; a counter restarts after it. */
    public void silent() {
        long now = clock.nanoTime();
        coverage().unseen(now);
        recorder.interrupt();
        input.restarted(now);
    }

    /** The machine slept: the time until the next reading is a gap that no energy fills. */
    public void suspended() {
        recorder.interrupt();
        input.suspended(clock.nanoTime());
    }

    /** Sets the longest time between two readings that counts as seen. */
    public void maxGap(long nanos) {
        recorder.maxGap(nanos);
    }

    /** Decides about a value that was held back and records a last standstill; no reading follows. */
    public void finish() {
        input.settle();
        recorder.finish();
    }

    /**
     * Runs the actions that wait for the first reading, if there was one.
     *
     * @param log takes a line for each action that throws
     */
    public void announceFirstReading(Consumer<String> log) {
        firstReadingListeners.announce(domain.device(), log);
    }

    /**
     * A driver's report that a device is lost.
     *
     * @param when to the microsecond
     * @param reason the driver's words
     */
    public record Loss(Instant when, String reason) {}
}
