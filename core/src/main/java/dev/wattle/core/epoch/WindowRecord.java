/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.probe.EnergyDomain;
import java.time.Instant;
import java.util.Map;

/**
 * A stretch of time that the program named, and the energy of this run's domains in it. Windows may nest and overlap; each
 * has all of its energy, so do not add them.
 *
 * @param startNanos when it started, on {@link System#nanoTime()}
 * @param microjoules by domain
 * @param belowResolution whether it was shorter than two steps of the slowest sensor
 * @param unmeteredNanos the length of its first part, before anything was read, which is in no energy
 * @param incomplete whether a device did not answer at its start or its end, so that some of its energy is missing, or some
 *     of another time is in it
 */
public record WindowRecord(
        String name,
        Instant started,
        long startNanos,
        long nanos,
        Map<EnergyDomain, Long> microjoules,
        boolean belowResolution,
        long unmeteredNanos,
        boolean incomplete) {

    /** Over all domains, in microjoules. */
    public long totalMicrojoules() {
        return EnergySums.total(microjoules);
    }
}
