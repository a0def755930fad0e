/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.estimate.Plain;
import dev.wattle.core.ledger.detail.RunDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The CO2e of runs as a report asks for it: as they computed it, or for another carbon intensity or PUE. Immutable.
 *
 * @param intensity another carbon intensity for all runs
 * @param pue another PUE for all runs
 */
record CarbonWhatIf(Optional<CarbonIntensity> intensity, OptionalDouble pue) {

    static CarbonWhatIf of(ReportOptions options) {
        return new CarbonWhatIf(options.intensity(), options.query().pue());
    }

    private boolean isAsked() {
        return intensity.isPresent() || pue.isPresent();
    }

    /** What a run's CO2e rests on then; empty where that is unknown. */
    Optional<CarbonSettings> settings(RunDetail run) {
        if (!isAsked()) {
            return run.carbon();
        }
        double factor = pue.orElse(run.carbon().map(CarbonSettings::pue).orElse(1.0));
        Optional<CarbonIntensity> figure =
                intensity.isPresent() ? intensity : run.carbon().map(CarbonSettings::intensity);
        return figure.map(known -> new CarbonSettings(known, factor, false));
    }

    /** A run's CO2e in grams; NaN where it is unknown. */
    double gramsCo2e(RunDetail run) {
        if (intensity.isPresent()) {
            return settings(run).orElseThrow().gramsCo2e(run.totalMicrojoules());
        }
        double recorded = run.gramsCo2e().orElse(Double.NaN);
        // The intensity of a run may have changed while it ran; its mean is in the recorded CO2e.
        return pue.isPresent()
                ? recorded
                        * pue.getAsDouble()
                        / run.carbon().map(CarbonSettings::pue).orElse(1.0)
                : recorded;
    }

    /** A few words for a label. */
    String label() {
        if (!isAsked()) {
            return "CO2e, as the runs computed it";
        }
        return "CO2e recomputed" + intensity.map(known -> " " + place(known)).orElse("")
                + (pue.isPresent() ? (intensity.isPresent() ? ", " : " with ") + "PUE " + pueText() : "");
    }

    /** What was recomputed, in a sentence; empty where nothing was. */
    Optional<String> sentence() {
        if (!isAsked()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        intensity.ifPresent(known -> parts.add(place(known) + figure(known)));
        parts.add(pue.isPresent() ? "PUE " + pueText() : "the PUE of each run");
        return Optional.of("CO2e recomputed " + (intensity.isPresent() ? "" : "with ") + String.join("; ", parts)
                + (intensity.isPresent() ? "." : " and the carbon intensity of each run."));
    }

    private static String place(CarbonIntensity intensity) {
        return intensity.source().equals(CarbonIntensity.USER)
                ? "at " + Plain.number(intensity.gramsPerKwh()) + " g/kWh"
                : "for " + intensity.zone();
    }

    private static String figure(CarbonIntensity intensity) {
        return intensity.source().equals(CarbonIntensity.USER)
                ? ""
                : ", " + Plain.number(intensity.gramsPerKwh()) + " g/kWh"
                        + (intensity.year() == 0 ? "" : ", " + intensity.year())
                        + ", " + intensity.kind().tag();
    }

    private String pueText() {
        return Plain.number(pue.orElse(1));
    }
}
