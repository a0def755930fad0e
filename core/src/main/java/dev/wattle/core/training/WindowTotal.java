/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import dev.wattle.core.probe.EnergyDomain;
import java.util.Map;

/**
 * All closed windows of one name together. Windows overlap as the program likes, so totals of different names are not to be
 * added.
 *
 * @param count how many there were
 * @param nanos how long they took in all
 * @param microjoules by domain
 * @param belowResolution how many were shorter than two steps of the slowest sensor
 */
public record WindowTotal(
        String name, long count, long nanos, Map<EnergyDomain, Long> microjoules, long belowResolution) {

    /** Over all domains, in microjoules. */
    public long totalMicrojoules() {
        long sum = 0;
        for (long part : microjoules.values()) {
            sum += part;
        }
        return sum;
    }
}
