/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.FigureSource;
import dev.wattle.core.carbon.FigureSources;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.carbon.Pue;
import dev.wattle.core.carbon.ZoneKind;
import dev.wattle.core.estimate.Assumption;
import dev.wattle.core.estimate.Plain;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Carbon intensity and PUE that an estimate uses, and what is to be said about them. Immutable.
 *
 * @param settings both figures
 * @param pue where the PUE comes from
 * @param intensity where the carbon intensity comes from
 */
record CarbonChoice(CarbonSettings settings, Assumption pue, Assumption intensity) {

    private static final String INTENSITY = "carbon intensity";

    /** The figures that the user chose; without a choice, those of {@code otherwise}. */
    static CarbonChoice of(EstimateArguments arguments, CarbonSettings otherwise, String origin) throws UsageException {
        OptionalDouble custom = arguments.between(
                EstimateOption.INTENSITY,
                0,
                CarbonIntensity.MAX_GRAMS_PER_KWH,
                "0 to " + CarbonIntensity.MAX_GRAMS_PER_KWH + " g CO2e per kWh");
        OptionalDouble pue = arguments.between(
                EstimateOption.PUE, Pue.MIN, Pue.MAX, Plain.number(Pue.MIN) + " to " + Plain.number(Pue.MAX));
        Optional<String> zone = zone(arguments);
        if (custom.isPresent() && zone.isPresent()) {
            throw new UsageException("--intensity replaces a zone; give one of them");
        }
        CarbonIntensity intensity = otherwise.intensity();
        if (custom.isPresent()) {
            intensity = CarbonIntensity.custom(custom.getAsDouble());
        } else if (zone.isPresent()) {
            intensity = find(zone.get());
        }
        boolean chosen = custom.isPresent() || zone.isPresent();
        CarbonSettings settings =
                new CarbonSettings(intensity, pue.orElse(otherwise.pue()), !chosen && otherwise.worldAverage());
        return new CarbonChoice(
                settings,
                pueAssumption(settings.pue(), pue.isPresent(), zone, origin),
                intensityAssumption(settings, chosen, origin));
    }

    private static Optional<String> zone(EstimateArguments arguments) throws UsageException {
        Optional<String> zone = arguments.text(EstimateOption.ZONE);
        Optional<String> region = arguments.text(EstimateOption.REGION);
        if (zone.isPresent() && region.isPresent()) {
            throw new UsageException("--zone and --region are the same option; give one of them");
        }
        return zone.isPresent() ? zone : region;
    }

    private static CarbonIntensity find(String zone) throws UsageException {
        Optional<CarbonIntensity> known = GridZones.bundled().find(zone);
        if (known.isEmpty()) {
            List<String> near = GridZones.bundled().suggestions(zone);
            throw new UsageException("no zone '" + EstimateArguments.shown(zone) + "' in the tables"
                    + (near.isEmpty() ? "; 'zones' lists them" : "; did you mean " + String.join(", ", near) + "?"));
        }
        return known.get();
    }

    private static Assumption pueAssumption(double pue, boolean given, Optional<String> zone, String origin) {
        String number = Plain.number(pue);
        if (given) {
            return Assumption.given("PUE", number + ", given");
        }
        if (!origin.isEmpty()) {
            return Assumption.given("PUE", number + ", " + origin);
        }
        String value = number + ", since none is given: no overhead of a data centre";
        Optional<Pue> published = zone.flatMap(GridZones.bundled()::pueOf);
        return published
                .map(hint -> new Assumption(
                        "PUE",
                        value + "; the provider published " + Plain.number(hint.value()) + " for " + zone.get()
                                + ", use it with --pue " + Plain.number(hint.value()),
                        source(hint.source(), hint.year())))
                .orElse(Assumption.given("PUE", value));
    }

    private static Assumption intensityAssumption(CarbonSettings settings, boolean chosen, String origin) {
        CarbonIntensity intensity = settings.intensity();
        String value = describe(intensity);
        if (settings.worldAverage()) {
            value += "; no zone is given, and this can be wrong by a factor of ten: name yours with --zone";
        } else if (!chosen) {
            value += "; " + origin;
        }
        return intensity.source().equals(CarbonIntensity.USER)
                ? Assumption.given(INTENSITY, value)
                : new Assumption(INTENSITY, value, source(intensity.source(), 0));
    }

    /** The figure with its place, year, kind and basis. */
    static String describe(CarbonIntensity intensity) {
        String year = intensity.year() == 0 ? "" : ", " + intensity.year();
        return Plain.number(intensity.gramsPerKwh()) + " g CO2e per kWh, "
                + (intensity.source().equals(CarbonIntensity.USER)
                        ? intensity.zoneName()
                        : intensity.zone() + " (" + intensity.zoneName() + ")")
                + year
                + (intensity.source().equals(CarbonIntensity.USER) && intensity.kind() == ZoneKind.UNSTATED
                        ? ""
                        : ", kind " + intensity.kind().tag() + ", basis "
                                + intensity.basis().tag());
    }

    /** Place, year and kind. */
    static String shortly(CarbonIntensity intensity) {
        return intensity.source().equals(CarbonIntensity.USER)
                ? Plain.number(intensity.gramsPerKwh()) + " g per kWh, " + intensity.zoneName()
                : intensity.zone()
                        + (intensity.year() == 0 ? "" : ", " + intensity.year())
                        + (intensity.kind() == ZoneKind.UNSTATED
                                ? ""
                                : ", " + intensity.kind().tag());
    }

    private static String source(String code, int year) {
        return FigureSources.bundled()
                .find(code)
                .map(FigureSource::reference)
                .orElse(year == 0 ? code : code + ", " + year);
    }
}
