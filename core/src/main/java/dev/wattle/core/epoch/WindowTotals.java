/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import dev.wattle.core.boundary.NameTable;
import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.probe.EnergyDomain;
import java.util.Map;

/**
 * The sums of all closed windows of one name. Where they overlapped, energy and time count several times.
 *
 * @param count how many there were
 * @param nanos how long they were, added up
 * @param microjoules their energies by domain of this run, added up
 * @param leastMicrojoules the energy of the one that used least, over all domains
 * @param mostMicrojoules the energy of the one that used most
 * @param belowResolution how many were shorter than two steps of the slowest sensor
 * @param unmeteredNanos their time before anything was read, which is in no energy
 * @param incomplete how many lack some energy, since a device did not answer at their start or their end
 */
public record WindowTotals(
        String name,
        long count,
        long nanos,
        Map<EnergyDomain, Long> microjoules,
        long leastMicrojoules,
        long mostMicrojoules,
        long belowResolution,
        long unmeteredNanos,
        long incomplete) {

    /** The name of all windows beyond the maximum number of names. */
    public static final String OTHER = NameTable.OTHER;

    /** Their energy over all domains, in microjoules. */
    public long totalMicrojoules() {
        return EnergySums.total(microjoules);
    }
}
