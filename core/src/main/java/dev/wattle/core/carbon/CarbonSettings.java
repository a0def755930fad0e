/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.IntensityPart;
import dev.wattle.core.probe.EnergyDomain;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How this run turns energy into CO2e. Immutable; a run with live intensities has another one after each change.
 *
 * @param intensity the electricity's carbon intensity now
 * @param pue the facility's power usage effectiveness, {@value Pue#MIN} to {@value Pue#MAX}
 * @param worldAverage whether no zone is configured, so that the world average is used
 * @param history the intensities so far; the latest is {@code intensity}
 * @param publishedPue what the provider of the configured cloud region states where no PUE is configured; a hint, in no figure
 * @param embodied what is known about the CO2e of making the hardware; in the SCI score, in no other figure
 */
public record CarbonSettings(
        CarbonIntensity intensity,
        double pue,
        boolean worldAverage,
        IntensityHistory history,
        Optional<Pue> publishedPue,
        EmbodiedSettings embodied) {

    /** The world average and a PUE of 1: the default. */
    public static CarbonSettings worldDefault() {
        return new CarbonSettings(GridZones.bundled().world(), Pue.MIN, true);
    }

    /**
     * One intensity for the whole run.
     *
     * @throws IllegalArgumentException if the PUE is out of range, or {@code worldAverage} does not fit the zone
     */
    public CarbonSettings(CarbonIntensity intensity, double pue, boolean worldAverage) {
        this(intensity, pue, worldAverage, IntensityHistory.of(intensity));
    }

    /**
     * Without a hint and without the hardware's own CO2e.
     *
     * @throws IllegalArgumentException if the PUE is out of range, or {@code worldAverage} does not fit the zone
     */
    public CarbonSettings(CarbonIntensity intensity, double pue, boolean worldAverage, IntensityHistory history) {
        this(intensity, pue, worldAverage, history, Optional.empty(), EmbodiedSettings.OFF);
    }

    /** @throws IllegalArgumentException if the PUE is out of range, or {@code worldAverage} does not fit the zone */
    public CarbonSettings {
        Pue.requireInRange(pue);
        if (worldAverage && !intensity.zone().equals(GridZones.WORLD)) {
            throw new IllegalArgumentException(intensity.zone() + " is not the world");
        }
        if (!history.latest().equals(intensity)) {
            throw new IllegalArgumentException(intensity.zone() + " is not the latest intensity");
        }
    }

    /**
     * The settings after a change of the intensity.
     *
     * @param next the new intensity
     * @param isWorldAverage whether it is the world average, for want of a zone
     * @param microjoules by device, what it has used so far
     */
    public CarbonSettings with(
            IntensityHistory.Step next, boolean isWorldAverage, Map<EnergyDomain, Long> microjoules) {
        IntensityHistory longer = history.with(next, microjoules);
        return longer.latest().equals(next.intensity())
                ? new CarbonSettings(next.intensity(), pue, isWorldAverage, longer, publishedPue, embodied)
                : this;
    }

    /** The settings with what the service states for a day. */
    public CarbonSettings withDay(List<IntensityHistory.Hour> day) {
        return new CarbonSettings(
                intensity, pue, worldAverage, new IntensityHistory(history.steps(), history.used(), day));
    }

    /**
     * Grams of CO2e for energy used at the intensity of now: energy in kWh, times PUE, times carbon intensity. That is the
     * operational part {@code O = E * I} of the Software Carbon Intensity specification (ISO/IEC 21031:2024), whose E
     * includes the facility's overhead; location-based, without the embodied emissions of the hardware.
     */
    public double gramsCo2e(long microjoules) {
        return EnergyUnits.kwh(microjoules) * pue * intensity.gramsPerKwh();
    }

    /**
     * Grams of CO2e for what a device has used since metering started: each part of it at the intensity that applied. Never
     * decreases while the energy does not.
     */
    public double gramsCo2e(EnergyDomain device, long microjoules) {
        return history.isConstant() ? gramsCo2e(microjoules) : pue * history.grams(device, microjoules);
    }

    /** Grams of CO2e for an epoch: each part of its energy at the intensity that applied. */
    public double gramsCo2e(EpochRecord epoch) {
        if (history.isConstant()) {
            return gramsCo2e(epoch.totalMicrojoules());
        }
        return EnergyUnits.kwh(epoch.totalMicrojoules()) * pue * meanGramsPerKwh(epoch);
    }

    /** The mean over the epoch's energy; its parts also have energy of devices that turned out to be others'. */
    private double meanGramsPerKwh(EpochRecord epoch) {
        double weighted = 0;
        double sum = 0;
        for (IntensityPart part : epoch.intensityParts()) {
            weighted += part.microjoules() * gramsPerKwh(part.step());
            sum += part.microjoules();
        }
        if (sum > 0) {
            return weighted / sum;
        }
        int parts = epoch.intensityParts().size();
        return gramsPerKwh(
                parts == 0 ? 0 : epoch.intensityParts().get(parts - 1).step());
    }

    private double gramsPerKwh(int step) {
        int known = Math.min(step, history.steps().size() - 1);
        return history.steps().get(known).intensity().gramsPerKwh();
    }
}
