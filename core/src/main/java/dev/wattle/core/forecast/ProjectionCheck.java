/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import java.util.OptionalLong;

/**
 * A projection that was made while a training went on, and the truth once it is known.
 *
 * @param percent of the planned epochs after which it was to be made: 10, 25 or 50
 * @param projection the first one made then or later
 * @param trueMicrojoules what the planned epochs really used; empty before they have ended, and for ever where the training
 *     ends with fewer: what it would have used is not known, and a part of it says nothing of the whole
 * @param trueNanos the time they really took; empty where the energy is
 */
public record ProjectionCheck(
        int percent, Projection projection, OptionalLong trueMicrojoules, OptionalLong trueNanos) {

    /** Whether the truth is known. */
    public boolean isDecided() {
        return trueMicrojoules.isPresent();
    }

    /** By how much too much energy was projected, as a part of the truth; negative for too little, NaN where not known. */
    public double energyError() {
        return isDecided() ? projection.microjoules().errorOf(trueMicrojoules.getAsLong()) : Double.NaN;
    }

    /** The same of the time. */
    public double timeError() {
        return trueNanos.isPresent() ? projection.nanos().errorOf(trueNanos.getAsLong()) : Double.NaN;
    }

    /** Whether the energy came out in the range that was given. */
    public boolean isWithinRange() {
        return isDecided() && projection.microjoules().covers(trueMicrojoules.getAsLong());
    }
}
