/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import dev.wattle.core.boundary.SaturatingMath;
import java.util.Map;

/** Adds up energies that were read from a file, where any number may stand. */
public final class Energies {

    private Energies() {}

    /** The sum of the energies; the largest number where it would overflow. */
    public static long total(Map<String, Long> microjoules) {
        long sum = 0;
        for (long part : microjoules.values()) {
            sum = SaturatingMath.add(sum, part);
        }
        return sum;
    }
}
