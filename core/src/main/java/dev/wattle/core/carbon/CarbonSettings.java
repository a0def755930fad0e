/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import dev.wattle.core.energy.EnergyUnits;

/**
 * How this run turns energy into CO2e. Immutable.
 *
 * @param intensity the electricity's carbon intensity
 * @param pue the facility's power usage effectiveness, {@value Pue#MIN} to {@value Pue#MAX}
 * @param worldAverage whether no zone is configured, so that the world average is used
 */
public record CarbonSettings(CarbonIntensity intensity, double pue, boolean worldAverage) {

    /** The world average and a PUE of 1: the default. */
    public static CarbonSettings worldDefault() {
        return new CarbonSettings(GridZones.bundled().world(), Pue.MIN, true);
    }

    /** @throws IllegalArgumentException if the PUE is out of range, or {@code worldAverage} does not fit the zone */
    public CarbonSettings {
        Pue.requireInRange(pue);
        if (worldAverage && !intensity.zone().equals(GridZones.WORLD)) {
            throw new IllegalArgumentException(intensity.zone() + " is not the world");
        }
    }

    /**
     * Grams of CO2e for energy used by the computer: energy in kWh, times PUE, times carbon intensity. That is the
     * operational part {@code O = E * I} of the Software Carbon Intensity specification (ISO/IEC 21031:2024), whose E
     * includes the facility's overhead; location-based, without the embodied emissions of the hardware.
     */
    public double gramsCo2e(long microjoules) {
        return EnergyUnits.kwh(microjoules) * pue * intensity.gramsPerKwh();
    }
}
