/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;

/**
 * The units of one run: all its energies have the same unit, and so have all its emissions, so that rows, totals and
 * projections are easy to compare. Immutable.
 *
 * @param energy for energies in joules
 * @param wattHours for the same energies in watt-hours
 * @param co2e for emissions in grams
 */
public record RunUnits(UnitScale energy, UnitScale wattHours, UnitScale co2e) {

    /** A projection may have so many times more digits before the total's unit is too small for it. */
    private static final double LESS_IMPORTANT = 10;

    /** Below, a figure in the run's unit would need an exponent. */
    private static final double MIN_SHOWN = 1e-6;

    /** The units that suit the largest of the run's energies: its total, a projection, a device of other programs. */
    public static RunUnits of(RunSnapshot run) {
        double largest = run.microjoules();
        for (DeviceSnapshot other : run.others()) {
            largest = Math.max(largest, other.microjoules());
        }
        for (Forecast forecast : run.trainings().forecasts()) {
            largest = Math.max(
                    largest,
                    forecast.projection()
                            .map(projection -> projection.microjoules().expected() / LESS_IMPORTANT)
                            .orElse(0.0));
        }
        return of((long) largest, run.carbon());
    }

    /** The units that suit an energy and its emissions. */
    public static RunUnits of(long microjoules, CarbonSettings carbon) {
        return new RunUnits(
                UnitScale.totalJoules(EnergyUnits.joules(microjoules)),
                UnitScale.wattHours(wattHoursOf(microjoules)),
                UnitScale.grams(carbon.gramsCo2e(microjoules)));
    }

    /** An energy with its unit, such as {@code 109.8 J}. */
    public String energy(long microjoules) {
        return energyNumber(microjoules) + " " + energy.unit();
    }

    /** The same without its unit. */
    public String energyNumber(long microjoules) {
        return number(energy, EnergyUnits.joules(microjoules));
    }

    /** An energy in the run's other unit, such as {@code 0.0305 Wh}. */
    public String wattHours(long microjoules) {
        return number(wattHours, wattHoursOf(microjoules)) + " " + wattHours.unit();
    }

    /** Emissions with their unit, such as {@code 1.274 mg}. */
    public String co2e(double grams) {
        return number(co2e, grams) + " " + co2e.unit();
    }

    private static double wattHoursOf(long microjoules) {
        return 1e3 * EnergyUnits.kwh(microjoules);
    }

    private static String number(UnitScale scale, double value) {
        return value > 0 && value / scale.size() < MIN_SHOWN ? "<0.000001" : scale.of(value);
    }
}
