/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.probe.EnergyDomain;
import java.time.Instant;
import java.util.Map;

/**
 * A stretch of time that the program gave a name, and the energy of this run's domains in it. Windows may nest and overlap;
 * the energy of each is whole, so they are not to be added.
 *
 * @param beginNanos when it began, on {@link System#nanoTime()}
 * @param microjoules by domain
 * @param belowResolution whether it was shorter than two steps of the slowest sensor
 * @param unmeteredNanos how much of its beginning lay before anything was read, and is in no energy
 * @param incomplete whether a device did not answer at its begin or its end, so that some of its energy is not in it, or
 *     some of another time is
 */
public record WindowRecord(
        String name,
        Instant began,
        long beginNanos,
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
