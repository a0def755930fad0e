/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.impact.Equivalences;
import dev.wattle.core.ledger.detail.Energies;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import java.util.Locale;

/** The first lines of a run's report: its energy, its CO2e, and what that is like. */
final class AnswerSection {

    private final HtmlWriter out;
    private final RunDetail run;
    private final RunUnits units;

    AnswerSection(HtmlWriter out, RunDetail run, RunUnits units) {
        this.out = out;
        this.run = run;
        this.units = units;
    }

    void write() {
        if (run.microjoules().isEmpty()) {
            out.element("p", "The energy of this run is unknown: no device could be read.", "class", "warn");
            return;
        }
        long total = run.totalMicrojoules();
        out.start("ul", "class", "tiles");
        tile(units.energy(total), units.wattHours(total) + ", " + run.qualities());
        run.gramsCo2e().ifPresent(grams -> tile(units.co2e(grams), "CO2e" + place()));
        if (run.seconds() > 0) {
            tile(QuantityFormat.wholeDuration(run.seconds()), "since metering started");
            tile(QuantityFormat.watts(Math.round(total / run.seconds())), "mean power");
        }
        ownShare();
        out.endLine();
        run.gramsCo2e()
                .ifPresent(grams -> Equivalences.bundled()
                        .closest(grams)
                        .ifPresent(like ->
                                out.element("p", "The CO2e is that of " + like.text() + ".", "class", "answer")));
    }

    private String place() {
        return run.carbon()
                .map(carbon -> " at " + QuantityFormat.digits(carbon.intensity().gramsPerKwh()) + " g/kWh, "
                        + carbon.intensity().zone())
                .orElse("");
    }

    private void ownShare() {
        if (run.processMicrojoules().isEmpty()) {
            return;
        }
        long own = Energies.total(run.processMicrojoules());
        tile(units.energy(own), "of it by this JVM itself, " + percent(own, run.totalMicrojoules()));
    }

    static String percent(long part, long whole) {
        return whole == 0
                ? "-"
                : String.format((Locale) null, "%.1f %%", 100 * EnergyUnits.joules(part) / EnergyUnits.joules(whole));
    }

    private void tile(String value, String label) {
        out.start("li").element("b", value).element("span", label).end();
    }
}
