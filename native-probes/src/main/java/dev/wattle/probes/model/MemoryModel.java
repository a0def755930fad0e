/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/** The power of memory by its size; it does not depend on the load. */
final class MemoryModel {
    /** Cloud Carbon Footprint's mean of two makers' figures, 2021, as read in 2026. */
    static final double WATTS_PER_GIBIBYTE = 0.392;

    static final String SOURCE = "Cloud Carbon Footprint, 0.392 W per GB, 2021";

    private MemoryModel() {}

    /** Modules have sizes in powers of two, so the published "GB" is read as a gibibyte. */
    static double watts(long bytes) {
        return bytes / (double) (1L << 30) * WATTS_PER_GIBIBYTE;
    }
}
