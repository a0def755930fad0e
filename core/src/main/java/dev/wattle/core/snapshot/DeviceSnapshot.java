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
 * What a run knows of one device.
 *
 * @param microjoules its energy
 * @param firstReading from when on its energy is counted
 * @param lastReading until when its energy is counted
 * @param averageMicrowatts its mean power, or {@link DomainMeter#UNKNOWN}
 * @param peakMicrowatts its highest mean power over a second, or {@link DomainMeter#UNKNOWN}
 * @param coveredNanos for how long it was really seen
 * @param gaps how often it was not
 * @param gapNanos for how long it was not
 * @param interpolatedMicrojoules how much of the energy fills gaps
 * @param errors readings that failed
 * @param rejected readings that were not believed
 * @param retired whether another domain has taken over from it
 * @param suspicion since when its readings are not believed any longer, where they are not
 * @param loss its last loss, where it was ever lost
 * @param check its counter held against its power, where both are known for long enough
 * @param share what part of it is this JVM's, where that can be told
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
     * A counter held against integrated power.
     *
     * @param ratio the counter's energy over the power's
     * @param nanos over how much time they were compared
     */
    public record CheckReport(double ratio, long nanos) {
        public boolean disagrees() {
            return Math.abs(ratio - 1) > CrossCheck.TOLERANCE;
        }
    }

    /**
     * What part of the device is this JVM's.
     *
     * @param rule how that was found out
     * @param wholeMicrojoules this JVM's energy of the time in which it had the device for itself
     * @param splitMicrojoules this JVM's part of the other time, by splitting the device, which is a model
     */
    public record ShareReport(Use use, String rule, long wholeMicrojoules, long splitMicrojoules) {
        /** This JVM's part of the energy. */
        public long microjoules() {
            return wholeMicrojoules + splitMicrojoules;
        }
    }

    /**
     * Of a meter that {@linkplain DomainMeter#isKnown() is known}.
     *
     * @param microjoules its energy
     * @param tenant how this JVM uses it, where that can be told
     */
    static DeviceSnapshot of(DomainMeter meter, long microjoules, Optional<DeviceOwnership> tenant) {
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
                tenant.map(known -> new ShareReport(
                        known.use(), known.rule(), known.wholeMicrojoules(), known.splitMicrojoules())));
    }

    /** Whether its energy belongs to this run. */
    boolean isOurs() {
        return share.map(known -> known.use() != Use.OTHERS).orElse(true);
    }
}
