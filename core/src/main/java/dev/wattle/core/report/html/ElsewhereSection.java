/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.FigureSources;
import dev.wattle.core.impact.Equivalence;
import dev.wattle.core.impact.Equivalences;
import dev.wattle.core.impact.WhatIf;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.report.text.UnitScale;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What an energy would have emitted elsewhere, and what its CO2e is like. */
final class ElsewhereSection {

    private final HtmlWriter out;
    private final long microjoules;
    private final CarbonSettings carbon;
    private final RunUnits units;

    ElsewhereSection(HtmlWriter out, long microjoules, CarbonSettings carbon, RunUnits units) {
        this.out = out;
        this.microjoules = microjoules;
        this.carbon = carbon;
        this.units = units;
    }

    void write() {
        List<WhatIf.Row> zones = WhatIf.zones(microjoules, carbon);
        List<WhatIf.Row> pues = WhatIf.pues(microjoules, carbon);
        UnitScale scale = UnitScale.grams(Stream.concat(zones.stream(), pues.stream())
                .mapToDouble(WhatIf.Row::gramsCo2e)
                .max()
                .orElse(0));
        out.start("section").element("h2", "The same energy elsewhere");
        new TableWriter(out)
                .table(
                        "CO2e of the same energy in other places, at a PUE of " + pue(carbon.pue()),
                        1,
                        List.of("place", "g CO2e/kWh", "CO2e in " + scale.unit(), "year", "kind"),
                        rows(zones, scale));
        if (zones.stream().anyMatch(row -> !row.comparable())) {
            out.element(
                    "p",
                    "Figures of kind lifecycle include the fuel supply and the plants; direct ones do not. Compare only those of"
                            + " one kind.",
                    "class",
                    "quiet");
        }
        List<List<String>> rows = new ArrayList<>();
        pues.forEach(row -> rows.add(
                List.of(row.own() ? pue(row.pue()) + " (as reported)" : pue(row.pue()), scale.of(row.gramsCo2e()))));
        new TableWriter(out)
                .table(
                        "CO2e of the same energy in other facilities of the same place",
                        1,
                        List.of("PUE", "CO2e in " + scale.unit()),
                        rows);
        sources(zones);
        likes();
        out.endLine();
    }

    private static List<List<String>> rows(List<WhatIf.Row> zones, UnitScale scale) {
        List<List<String>> rows = new ArrayList<>();
        for (WhatIf.Row row : zones) {
            CarbonIntensity intensity = row.intensity();
            rows.add(List.of(
                    nameOf(intensity) + (row.own() ? " (as reported)" : ""),
                    QuantityFormat.digits(intensity.gramsPerKwh()),
                    scale.of(row.gramsCo2e()),
                    intensity.year() == 0 ? "-" : String.valueOf(intensity.year()),
                    intensity.kind().tag()));
        }
        return rows;
    }

    private static String nameOf(CarbonIntensity intensity) {
        return intensity.zoneName().isEmpty() || intensity.zoneName().equals(intensity.zone())
                ? intensity.zone()
                : intensity.zone() + ", " + intensity.zoneName();
    }

    private void likes() {
        double grams = carbon.gramsCo2e(microjoules);
        List<Equivalence> all = Equivalences.bundled().all(grams);
        List<Equivalence> shown = all.size() <= 6 ? all : nearOne(all);
        if (shown.isEmpty()) {
            return;
        }
        out.element("h3", units.co2e(grams) + " of CO2e is as much as");
        out.start("ul", "class", "likes");
        shown.forEach(like -> out.element("li", like.text()));
        out.endLine();
    }

    /** Counts that one can picture: the six things whose number is nearest to one. */
    private static List<Equivalence> nearOne(List<Equivalence> all) {
        List<Equivalence> sorted = new ArrayList<>(all);
        sorted.sort((a, b) -> Double.compare(Math.abs(Math.log(a.count())), Math.abs(Math.log(b.count()))));
        List<Equivalence> nearest = new ArrayList<>(all);
        nearest.retainAll(sorted.subList(0, 6));
        return nearest;
    }

    private void sources(List<WhatIf.Row> zones) {
        Set<String> codes = new LinkedHashSet<>();
        zones.forEach(row -> codes.add(row.intensity().source()));
        List<String> references = codes.stream()
                .flatMap(code -> FigureSources.bundled().find(code).stream())
                .map(source -> source.reference())
                .toList();
        if (!references.isEmpty()) {
            out.element("p", "Figures of places: " + String.join("; ", references) + ".", "class", "quiet");
        }
    }

    private static String pue(double pue) {
        return String.format((Locale) null, "%.2f", pue);
    }
}
