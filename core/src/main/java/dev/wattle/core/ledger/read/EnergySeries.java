/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.util.List;
import java.util.Map;

/**
 * The energy of a run over time, by device: cumulative at a number of moments, and on a straight line between two of them.
 * Immutable.
 *
 * @param seconds the moments, as seconds since the run started; they increase
 * @param microjoules the cumulative energy of each device at these moments; it never decreases
 */
public record EnergySeries(List<Double> seconds, Map<String, List<Long>> microjoules) {

    /** No moment. */
    public static final EnergySeries NONE = new EnergySeries(List.of(), Map.of());

    /** The energy of a device from the start of the run to a moment, in microjoules; 0 for a device that it does not have. */
    public long microjoulesUntil(String device, double second) {
        List<Long> energies = microjoules.get(device);
        if (energies == null || seconds.isEmpty() || second <= seconds.get(0)) {
            return 0;
        }
        int last = seconds.size() - 1;
        if (second >= seconds.get(last)) {
            return energies.get(last);
        }
        int low = 0;
        int high = last;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (seconds.get(middle) <= second) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double part = (second - seconds.get(low)) / (seconds.get(high) - seconds.get(low));
        return energies.get(low) + Math.round(part * (energies.get(high) - energies.get(low)));
    }
}
