/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import dev.wattle.core.boundary.SaturatingMath;
import java.util.Map;

/**
 * One epoch of a training, or several that share a line of the journal. Immutable.
 *
 * @param first the number of the first epoch, from 1
 * @param last the number of the last epoch
 * @param seconds how long it took; NaN where that is unknown
 * @param microjoules its energy by device
 * @param quality of that energy
 * @param validationMicrojoules how much of that was validation
 * @param sinceLastMicrojoules what the training used between the epoch before and this one, in no epoch's energy
 * @param iterations updates of the weights
 * @param samples the samples that it learned from; 0 where that is unknown
 * @param loss NaN where that is unknown
 * @param metrics finite values by name
 * @param belowResolution whether it was shorter than two steps of the slowest sensor
 * @param shared whether another training was active at the same time
 * @param incomplete whether some of its events were lost
 */
public record EpochDetail(
        int first,
        int last,
        double seconds,
        Map<String, Long> microjoules,
        String quality,
        long validationMicrojoules,
        long sinceLastMicrojoules,
        long iterations,
        long samples,
        double loss,
        Map<String, Double> metrics,
        boolean belowResolution,
        boolean shared,
        boolean incomplete) {

    /** Its energy over all devices. */
    public long totalMicrojoules() {
        return Energies.total(microjoules);
    }

    /** What its training used from the end of the epoch before to this one's end. */
    public long cycleMicrojoules() {
        return SaturatingMath.add(totalMicrojoules(), sinceLastMicrojoules);
    }

    /** The value of a metric or of the loss; NaN where that is unknown. */
    public double value(String metric) {
        Double value = metrics.get(metric);
        return value != null ? value : metric.equals("loss") ? loss : Double.NaN;
    }
}
