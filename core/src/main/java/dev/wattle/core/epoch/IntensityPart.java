/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.ArrayList;
import java.util.List;

/**
 * The energy of an epoch that was used while one carbon intensity of the run applied. Immutable.
 *
 * @param step the number of the intensity among those of the run, from 0
 * @param microjoules the energy, in microjoules, over all devices
 */
public record IntensityPart(int step, long microjoules) {

    /** The parts of two epochs that follow each other; without parts, all of an epoch was used at the first intensity. */
    static List<IntensityPart> merge(EpochRecord one, EpochRecord next) {
        if (one.intensityParts().isEmpty() && next.intensityParts().isEmpty()) {
            return List.of();
        }
        List<IntensityPart> parts = new ArrayList<>(of(one));
        for (IntensityPart part : of(next)) {
            int last = parts.size() - 1;
            if (last >= 0 && parts.get(last).step() == part.step()) {
                parts.set(last, new IntensityPart(part.step(), parts.get(last).microjoules() + part.microjoules()));
            } else {
                parts.add(part);
            }
        }
        return List.copyOf(parts);
    }

    private static List<IntensityPart> of(EpochRecord epoch) {
        return epoch.intensityParts().isEmpty()
                ? List.of(new IntensityPart(0, epoch.totalMicrojoules()))
                : epoch.intensityParts();
    }
}
