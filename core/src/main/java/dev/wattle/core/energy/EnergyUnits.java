/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

/** Turns integer microjoules into the unit of electricity bills. */
public final class EnergyUnits {

    /** 1 kWh is 3.6 MJ, by definition of the hour and the watt. */
    public static final double MICROJOULES_PER_KWH = 3.6e12;

    /** Kilowatt-hours in so many microjoules. */
    public static double kwh(long microjoules) {
        return microjoules / MICROJOULES_PER_KWH;
    }

    private EnergyUnits() {}
}
