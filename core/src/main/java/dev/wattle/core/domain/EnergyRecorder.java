/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.SamplingClock;
import dev.wattle.core.time.TimeAnchor;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records the cumulative energy of one domain: its timeline, its power, and the time that it was seen.
 *
 * <p>The thread that reads writes, any thread reads. Nothing is allocated after the first record.
 */
final class EnergyRecorder {

    /** 13 minutes at 10 Hz. A longer window keeps the energy at its start. */
    private static final int RECORDS = 8192;

    private static final long SECOND_NANOS = 1_000_000_000L;

    /** A counter that has not changed for this time is recorded as standing still. */
    private static final long STANDSTILL_NANOS = SECOND_NANOS;

    /** NVIDIA's counters change at this rate, and no other counter of a board is known to be slower. */
    private static final long BOARD_STEP_NANOS = SECOND_NANOS / 10;

    private final SamplingClock clock;
    private final long lagNanos;
    private final EnergyTimeline timeline = new EnergyTimeline(RECORDS);
    private final Coverage coverage;
    private final MeanPower power;
    private final AtomicLong knownNanos = new AtomicLong();
    private final AtomicLong accountedNanos = new AtomicLong();

    /** The instant of the first record; written before the record is published. */
    private final AtomicLong firstNanos = new AtomicLong();

    private volatile long maxGapNanos;
    private volatile @Nullable Instant firstReading;
    private long appendedNanos;

    /** @param maxGapNanos the longest time between two readings that counts as seen */
    EnergyRecorder(EnergyDomain domain, SamplingClock clock, long maxGapNanos) {
        this.clock = clock;
        this.coverage = new Coverage(clock);
        this.maxGapNanos = maxGapNanos;
        if (domain.sensor() instanceof Sensor.Power sensor) {
            this.lagNanos = sensor.lagNanos();
            this.power = MeanPower.ofPower();
        } else {
            this.lagNanos = 0;
            this.power = MeanPower.ofCounter(domain.component() == Component.GPU ? BOARD_STEP_NANOS : 0);
        }
    }

    SamplingClock clock() {
        return clock;
    }

    EnergyTimeline timeline() {
        return timeline;
    }

    Coverage coverage() {
        return coverage;
    }

    long lagNanos() {
        return lagNanos;
    }

    long maxGapNanos() {
        return maxGapNanos;
    }

    void maxGap(long nanos) {
        maxGapNanos = nanos;
    }

    boolean hasRecords() {
        return timeline.size() > 0;
    }

    /** The instant until which the energy is known. */
    long knownNanos() {
        return knownNanos.get();
    }

    long firstNanos() {
        return firstNanos.get();
    }

    Optional<Instant> firstReading() {
        return Optional.ofNullable(firstReading);
    }

    Optional<Instant> lastReading() {
        return firstReading().map(known -> TimeAnchor.now(clock).dateOf(knownNanos.get()));
    }

    /** As {@link DomainMeter#microwatts()} of a domain that is still read. */
    long microwatts() {
        long ageNanos = clock.nanoTime() - lagNanos - knownNanos.get();
        return hasRecords() && ageNanos <= maxGapNanos + SECOND_NANOS ? power.microwatts() : DomainMeter.UNKNOWN;
    }

    double powerError() {
        return power.error();
    }

    long averageMicrowatts() {
        long nanos = accountedNanos.get();
        return nanos <= 0 ? DomainMeter.UNKNOWN : EnergyUnits.meanMicrowatts(timeline.latestMicrojoules(), nanos);
    }

    long peakMicrowatts() {
        return Math.max(power.peakMicrowatts(), averageMicrowatts());
    }

    long resolutionNanos() {
        return timeline.size() < 2 ? 0 : Math.max(power.stepNanos(), 2 * lagNanos);
    }

    /**
     * Counts the time until a believed reading as seen.
     *
     * @param totalLostNanos the time hidden by resets of a counter so far
     * @return whether all time since the last believed reading is covered
     */
    boolean cover(long nanos, long totalLostNanos) {
        return coverage.read(nanos, maxGapNanos, totalLostNanos);
    }

    /**
     * Records the energy until an instant.
     *
     * <p>A counter moves in steps. Only its changes go into the timeline, which therefore draws a line between them instead
     * of a staircase, and the end of each second without a change.
     *
     * @param accounted over how much time the energy was used, in nanoseconds
     */
    void record(long nanos, long cumulativeMicrojoules, long accounted) {
        knownNanos.lazySet(nanos);
        if (!hasRecords()) {
            firstNanos.lazySet(nanos);
            firstReading = TimeAnchor.now(clock).dateOf(nanos);
            power.changed(nanos, cumulativeMicrojoules);
            append(nanos, cumulativeMicrojoules);
            return;
        }
        long elapsed = nanos - appendedNanos;
        boolean moved = cumulativeMicrojoules > timeline.latestMicrojoules();
        if (elapsed > 0 && (moved || elapsed >= STANDSTILL_NANOS)) {
            append(nanos, cumulativeMicrojoules);
        }
        if (moved) {
            power.changed(nanos, cumulativeMicrojoules);
        } else {
            power.unchanged(nanos, cumulativeMicrojoules);
        }
        accountedNanos.lazySet(accounted);
    }

    /** The next reading does not continue the ones before. */
    void interrupt() {
        coverage.suspended();
        restartPower();
    }

    /** The power is not known until two more readings are in. */
    void restartPower() {
        power.restarted();
    }

    /** Records a standstill that has been too short to be recorded. */
    void finish() {
        long known = knownNanos.get();
        if (hasRecords() && known - appendedNanos > 0) {
            append(known, timeline.latestMicrojoules());
        }
    }

    private void append(long nanos, long cumulativeMicrojoules) {
        timeline.append(nanos, cumulativeMicrojoules);
        appendedNanos = nanos;
    }
}
