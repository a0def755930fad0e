/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.impact.BestHour;
import dev.wattle.core.impact.IntensityText;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.snapshot.RunSnapshot;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The carbon intensity of a run's electricity with its origin, in words. */
final class CarbonText {

    static final String NO_ZONE = "No known zone is set: this is the WORLD AVERAGE. Set yours: zone=FR, zone=US-CA or "
            + "zone=aws:eu-west-3.";

    private CarbonText() {}

    /** The zone, year and kind, and a PUE other than 1; for live intensities the zone and their average. */
    static String brief(RunSnapshot run) {
        CarbonSettings carbon = run.carbon();
        CarbonIntensity intensity = carbon.intensity();
        String pue = carbon.pue() == 1 ? "" : ", PUE " + pue(carbon);
        if (isLive(carbon)) {
            double kwh = EnergyUnits.kwh(run.microjoules());
            String average = kwh > 0 ? ", " + perKwh(run.gramsCo2e() / kwh / carbon.pue()) + " on average" : "";
            return intensity.zone() + ", live" + average + pue;
        }
        if (intensity.zone().equals(CarbonIntensity.CUSTOM)) {
            return perKwh(intensity.gramsPerKwh()) + " as configured" + pue;
        }
        String zone = carbon.worldAverage() ? "WORLD AVERAGE" : intensity.zone();
        return zone + ", " + intensity.year() + ", " + intensity.kind().tag() + pue;
    }

    /** The figure, its zone, year and kind, and the PUE; for live intensities each source with its part of the energy. */
    static String full(RunSnapshot run) {
        CarbonSettings carbon = run.carbon();
        CarbonIntensity intensity = carbon.intensity();
        String pue = ", PUE " + pue(carbon);
        if (isLive(carbon)) {
            return IntensityText.of(carbon, run.microjoules()) + pue;
        }
        String origin = intensity.zone().equals(CarbonIntensity.CUSTOM)
                ? "as configured"
                : intensity.zone() + ", " + intensity.year() + ", "
                        + intensity.kind().tag();
        return perKwh(intensity.gramsPerKwh()) + " (" + origin + ")" + pue;
    }

    /** What the run would have emitted at the best hour of its day; empty without live intensities. */
    static Optional<String> bestHour(RunSnapshot run, RunUnits units) {
        return BestHour.of(run.carbon(), run.microjoules(), Duration.ofNanos(run.wallNanos()))
                .map(best -> best.sentence(run.gramsCo2e(), units::co2e));
    }

    static boolean isLive(CarbonSettings carbon) {
        return !carbon.history().isConstant();
    }

    private static String perKwh(double grams) {
        return QuantityFormat.digits(grams) + " g/kWh";
    }

    private static String pue(CarbonSettings carbon) {
        return String.format((Locale) null, "%.2f", carbon.pue());
    }
}
