/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

/**
 * A Software Carbon Intensity score, {@code (O + M) per R} of ISO/IEC 21031:2024. Immutable.
 *
 * <p>O is location-based: energy, facility's overhead included, times carbon intensity. Certificates and offsets do not lower it.
 *
 * @param operationalGrams O, in grams of CO2e
 * @param embodied M and what it is made of
 */
public record SciScore(double operationalGrams, EmbodiedShare embodied) {

    /** O + M, in grams of CO2e: the score with the run as functional unit. */
    public double grams() {
        return operationalGrams + embodied.gramsCo2e();
    }

    /** Grams of CO2e for each of so many functional units; NaN for none. */
    public double gramsPer(double units) {
        return units > 0 ? grams() / units : Double.NaN;
    }
}
