/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.Coverage;
import dev.wattle.core.sampling.DomainMeter;
import java.time.Instant;

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
 */
public record DeviceReport(
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
        long rejected) {

    /** Of a meter that {@linkplain DomainMeter#isKnown() is known}. */
    static DeviceReport of(DomainMeter meter) {
        Coverage coverage = meter.coverage();
        return new DeviceReport(
                meter.domain(),
                meter.microjoules(),
                meter.firstReading().orElseThrow(),
                meter.lastReading().orElseThrow(),
                meter.averageMicrowatts(),
                meter.peakMicrowatts(),
                coverage.coveredNanos(),
                coverage.gaps(),
                coverage.gapNanos(),
                coverage.interpolatedMicrojoules(),
                coverage.errors(),
                coverage.rejected());
    }
}
