/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import dev.wattle.core.carbon.CarbonSettings;
import java.util.List;

/**
 * The energy and CO2e of something that was not metered. Immutable.
 *
 * @param basis what it is an estimate of, as a phrase: {@code 8 V100 for 336 h}
 * @param parts its energy by part; at least one
 * @param carbon turns energy into CO2e
 * @param assumptions all that is assumed about the energy
 * @param range where the range comes from, as part of a sentence; empty where there is none
 * @param excluded what is not in the figures, as a phrase; empty if nothing is to be said
 * @param references codes of {@link References}, in the order of their use
 */
public record Estimate(
        String basis,
        List<EnergyPart> parts,
        CarbonSettings carbon,
        List<Assumption> assumptions,
        String range,
        String excluded,
        List<String> references) {

    /**
     * Energy of a part.
     *
     * @param name of the part, such as {@code accelerators}
     * @param kwh its energy in kWh, without the facility's overhead
     */
    public record EnergyPart(String name, Range kwh) {}

    /** Energy used by the computers, in kWh, without the facility's overhead. */
    public Range kwh() {
        Range sum = Range.exactly(0);
        for (EnergyPart part : parts) {
            sum = sum.plus(part.kwh());
        }
        return sum;
    }

    /** Energy used by the facility: that of the computers times PUE, in kWh. */
    public Range facilityKwh() {
        return kwh().times(carbon.pue());
    }

    /** The CO2e of the facility's energy, in grams; the formula of {@link CarbonSettings#gramsCo2e}. */
    public Range gramsCo2e() {
        return facilityKwh().times(carbon.intensity().gramsPerKwh());
    }
}
