/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.probe.EnergyDomain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The carbon intensities of a run, one after the other, and what each device had used when the latest one started. Immutable.
 *
 * <p>CO2e is the sum, over all intensities, of the energy used while one applied times that one: energy is never multiplied
 * by a mean of intensities.
 *
 * @param steps the intensities, oldest first; at least one
 * @param used by device, what it had used when the latest intensity started; without devices that had used nothing
 * @param day what the service states for the hours of a day, past or to come, oldest first; empty where it does not
 */
public record IntensityHistory(List<Step> steps, Map<EnergyDomain, Used> used, List<Hour> day) {

    /** The most intensities that a run keeps: two years of hourly ones. After that, the latest one stays. */
    public static final int MAX_STEPS = 20_000;

    /**
     * One intensity.
     *
     * @param from when it started to apply; for the first one, {@link Instant#EPOCH}
     * @param intensity the figure and its source
     * @param live whether a service stated it for the time of the run; a table did otherwise
     * @param estimated whether the service estimated it, in place of measuring it
     * @param runMicrojoules what the run had used when it started, in microjoules
     */
    public record Step(Instant from, CarbonIntensity intensity, boolean live, boolean estimated, long runMicrojoules) {}

    /**
     * A part of a day, until the next one.
     *
     * @param from when it starts
     * @param gramsPerKwh grams of CO2e per kWh
     */
    public record Hour(Instant from, double gramsPerKwh) {}

    /**
     * What a device had used until an instant.
     *
     * @param microjoules its energy
     * @param grams the CO2e of that energy, in grams, without PUE
     */
    public record Used(long microjoules, double grams) {
        private static final Used NOTHING = new Used(0, 0);
    }

    /** Without a day. */
    public IntensityHistory(List<Step> steps, Map<EnergyDomain, Used> used) {
        this(steps, used, List.of());
    }

    /** Copies all. */
    public IntensityHistory {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("no intensity");
        }
        steps = List.copyOf(steps);
        used = Map.copyOf(used);
        day = List.copyOf(day);
    }

    /** A run with one intensity so far. */
    public static IntensityHistory of(CarbonIntensity intensity) {
        return new IntensityHistory(List.of(new Step(Instant.EPOCH, intensity, false, false, 0)), Map.of());
    }

    /** Whether one intensity applies to all energy so far. */
    public boolean isConstant() {
        return steps.size() == 1;
    }

    /** The intensity that applies now. */
    public CarbonIntensity latest() {
        return steps.get(steps.size() - 1).intensity();
    }

    /**
     * The history with another intensity, which applies from now on.
     *
     * @param microjoules by device, what it has used so far
     */
    public IntensityHistory with(Step next, Map<EnergyDomain, Long> microjoules) {
        if (steps.size() >= MAX_STEPS) {
            return this;
        }
        List<Step> more = new ArrayList<>(steps);
        more.add(next);
        Map<EnergyDomain, Used> now = new HashMap<>(used);
        microjoules.forEach((domain, energy) -> now.put(domain, new Used(energy, grams(domain, energy))));
        return new IntensityHistory(more, now, day);
    }

    /** The CO2e of a device that has used some energy so far, in grams, without PUE. */
    double grams(EnergyDomain domain, long microjoules) {
        Used before = used.getOrDefault(domain, Used.NOTHING);
        // A reading from before the change that is asked about after it has used nothing since.
        long since = Math.max(0, microjoules - before.microjoules());
        return before.grams() + EnergyUnits.kwh(since) * latest().gramsPerKwh();
    }

    /**
     * The energy used at each intensity, in microjoules, in the order of {@link #steps}.
     *
     * @param runMicrojoules what the run has used so far
     */
    public List<Long> microjoulesBySteps(long runMicrojoules) {
        List<Long> energies = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            long until = i + 1 < steps.size() ? steps.get(i + 1).runMicrojoules() : runMicrojoules;
            energies.add(Math.max(0, until - steps.get(i).runMicrojoules()));
        }
        return energies;
    }
}
