/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.report.compare.Quantities;
import dev.wattle.core.report.text.UnitScale;

/**
 * The units of one report: all its energies have the same unit, and so have all its emissions. Immutable.
 *
 * @param energy for energies in joules
 * @param wattHours for the same energies in watt-hours
 * @param co2e for emissions in grams
 */
record PageUnits(UnitScale energy, UnitScale wattHours, UnitScale co2e) {

    /** The units that suit an energy and its emissions. */
    static PageUnits of(long microjoules, CarbonSettings carbon) {
        return new PageUnits(
                Quantities.joules(EnergyUnits.joules(microjoules)),
                UnitScale.wattHours(1e3 * EnergyUnits.kwh(microjoules)),
                UnitScale.grams(carbon.gramsCo2e(microjoules)));
    }

    /** An energy with its unit. */
    String energy(long microjoules) {
        return Quantities.text(energy, EnergyUnits.joules(microjoules));
    }

    /** The same without its unit. */
    String energyNumber(long microjoules) {
        return energy.of(EnergyUnits.joules(microjoules));
    }

    /** An energy in watt-hours, with its unit. */
    String wattHours(long microjoules) {
        return Quantities.text(wattHours, 1e3 * EnergyUnits.kwh(microjoules));
    }

    /** Emissions with their unit. */
    String co2e(double grams) {
        return Quantities.text(co2e, grams);
    }
}
