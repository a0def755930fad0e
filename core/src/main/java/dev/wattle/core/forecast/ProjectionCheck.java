/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import java.util.OptionalLong;

/**
 * A projection made during a training, and the actual values once they are known. Immutable.
 *
 * @param percent the part of the planned epochs after which it was due: 10, 25 or 50
 * @param projection the first projection made at that point or later
 * @param actualMicrojoules the energy that the planned epochs used; empty until all of them have ended. It stays empty where
 *     the training ends with fewer epochs: their energy does not compare with that of all
 * @param actualNanos the time that the planned epochs took; empty where the energy is
 */
public record ProjectionCheck(
        int percent, Projection projection, OptionalLong actualMicrojoules, OptionalLong actualNanos) {

    /** Whether the actual values are known. */
    public boolean isDecided() {
        return actualMicrojoules.isPresent();
    }

    /** The relative error of the projected energy: positive where it was too high, NaN where not known. */
    public double energyError() {
        return isDecided() ? projection.microjoules().errorOf(actualMicrojoules.getAsLong()) : Double.NaN;
    }

    /** The relative error of the projected time: positive where it was too long, NaN where not known. */
    public double timeError() {
        return actualNanos.isPresent() ? projection.nanos().errorOf(actualNanos.getAsLong()) : Double.NaN;
    }

    /** Whether the actual energy is in the projected range. */
    public boolean isWithinRange() {
        return isDecided() && projection.microjoules().covers(actualMicrojoules.getAsLong());
    }
}
