/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.impact.EmbodiedShare;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.snapshot.RunSci;
import java.math.BigDecimal;
import java.util.Optional;

/** The SCI score of a run, and the PUE that a provider states, as sentences. */
final class SciText {
    private SciText() {}

    /** The score for the run, an epoch and 1,000 samples, with its two parts and where the embodied one comes from. */
    static String of(RunSci sci, RunUnits units) {
        EmbodiedShare embodied = sci.score().embodied();
        return units.co2e(sci.score().grams()) + " CO2e for the run: "
                + units.co2e(sci.score().operationalGrams()) + " operational, "
                + units.co2e(embodied.gramsCo2e()) + " embodied"
                + (sci.epochs() > 0 ? "; " + units.co2e(sci.gramsPerEpoch()) + " per epoch" : "")
                + (sci.samples() > 0 ? "; " + units.co2e(sci.gramsPerThousandSamples()) + " per 1,000 samples" : "")
                + " (ISO/IEC 21031:2024). Embodied: " + String.join(", ", embodied.basis()) + ", "
                + plain(embodied.kgCo2e()) + " kg over " + plain(embodied.lifetimeYears()) + " years"
                + (embodied.share() < 1 ? ", share " + plain(embodied.share()) : "") + ".";
    }

    /** What the provider of the zone states where the run has no PUE of its own. */
    static Optional<String> publishedPue(CarbonSettings carbon) {
        return carbon.publishedPue()
                .map(pue -> "the provider states " + pue.value()
                        + (pue.isProviderAverage() ? " for all its regions" : "") + " (" + pue.year()
                        + "), which is not applied; pue=" + pue.value() + " applies it");
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
