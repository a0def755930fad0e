/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.snapshot;

import dev.wattle.core.domain.Coverage;
import dev.wattle.core.domain.CrossCheck;
import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.DomainMeter.Loss;
import dev.wattle.core.domain.Suspicion;
import dev.wattle.core.probe.DeviceUsage.Use;
import dev.wattle.core.probe.EnergyDomain;
import java.time.Instant;
import java.util.Optional;

/**
 * A device of a run at one moment. Immutable.
 *
 * @param domain what the device is and how its energy is measured
 * @param microjoules its energy
 * @param firstReading from when on its energy is counted
 * @param lastReading until when its energy is counted
 * @param averageMicrowatts its mean power over the covered time, or {@link DomainMeter#UNKNOWN}
 * @param peakMicrowatts its highest mean power over a second, or {@link DomainMeter#UNKNOWN}
 * @param coveredNanos the time with valid readings
 * @param gaps the number of gaps between valid readings
 * @param gapNanos the time in gaps
 * @param interpolatedMicrojoules the part of the energy that fills gaps
 * @param errors the number of readings that failed
 * @param rejected the number of readings that were implausible
 * @param retired whether another domain has replaced it
 * @param suspicion since when and why its readings are ignored, where they are
 * @param loss its latest loss, where it was lost
 * @param check its counter compared with its power, where both are known for long enough
 * @param share which part of its energy is this JVM's, where that is known
 */
public record DeviceSnapshot(
        EnergyDomain domain,
        long microjoules,
        Instant firstReading,
        Instant lastReading,
        long averageMicrowatts,
        long peakMicrowatts,
        long coveredNanos,
        long gaps,
        long gapNanos,
        long interpolatedMicrojoules,
        long errors,
        long rejected,
        boolean retired,
        Optional<Suspicion> suspicion,
        Optional<Loss> loss,
        Optional<CheckReport> check,
        Optional<ShareReport> share) {

    /**
     * A counter compared with integrated power.
     *
     * @param ratio the counter's energy over that of the integrated power
     * @param nanos the time compared
     */
    public record CheckReport(double ratio, long nanos) {
        /** Whether they differ by more than {@link CrossCheck#TOLERANCE}. */
        public boolean disagrees() {
            return Math.abs(ratio - 1) > CrossCheck.TOLERANCE;
        }
    }

    /**
     * Which part of a device's energy is this JVM's.
     *
     * @param use how this JVM uses the device
     * @param rule how that was determined, as the end of a sentence
     * @param wholeMicrojoules the energy of the time in which the JVM used the device alone
     * @param splitMicrojoules the JVM's part of the energy of the other time, which is modelled
     */
    public record ShareReport(Use use, String rule, long wholeMicrojoules, long splitMicrojoules) {
        /** This JVM's part of the energy. */
        public long microjoules() {
            return wholeMicrojoules + splitMicrojoules;
        }
    }

    /**
     * Makes a snapshot of a meter that {@linkplain DomainMeter#isKnown() has a reading}.
     *
     * @param microjoules the energy of the snapshot's moment
     * @param ownership how this JVM uses the device, where that is known
     */
    static DeviceSnapshot of(DomainMeter meter, long microjoules, Optional<DeviceOwnership> ownership) {
        Coverage coverage = meter.coverage();
        long averageMicrowatts = meter.averageMicrowatts();
        return new DeviceSnapshot(
                meter.domain(),
                microjoules,
                meter.firstReading().orElseThrow(),
                meter.lastReading().orElseThrow(),
                averageMicrowatts,
                Math.max(averageMicrowatts, meter.peakMicrowatts()),
                coverage.coveredNanos(),
                coverage.gaps(),
                coverage.gapNanos(),
                coverage.interpolatedMicrojoules(),
                coverage.errors(),
                coverage.rejected(),
                meter.isRetired(),
                meter.suspicion(),
                meter.loss(),
                meter.crossCheck()
                        .filter(check -> Double.isFinite(check.ratio()))
                        .map(check -> new CheckReport(check.ratio(), check.comparedNanos())),
                ownership.map(known -> new ShareReport(
                        known.use(), known.rule(), known.wholeMicrojoules(), known.splitMicrojoules())));
    }

    /** Whether its energy is part of this run's. */
    boolean isOurs() {
        return share.map(known -> known.use() != Use.OTHERS).orElse(true);
    }
}
