/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CloudRegion;
import dev.wattle.core.carbon.EmissionBasis;
import dev.wattle.core.carbon.FigureSource;
import dev.wattle.core.carbon.PublishedPues;
import dev.wattle.core.carbon.Pue;
import dev.wattle.core.report.text.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The listing as aligned tables for people, as narrow as the names allow. */
final class ZonesText {
    private static final int WIDTH = 100;

    private final List<String> lines = new ArrayList<>();

    private ZonesText() {}

    static String of(ZoneListing listing) {
        ZonesText text = new ZonesText();
        text.zones(listing.zones());
        text.regions(listing.regions());
        text.pues(listing.pues());
        text.notes(listing);
        return String.join("\n", text.lines) + "\n";
    }

    private void zones(List<CarbonIntensity> zones) {
        if (zones.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ZONE", "G/KWH", "YEAR", "KIND", "BASIS", "SOURCE", "NAME"));
        for (CarbonIntensity zone : zones) {
            rows.add(List.of(
                    zone.zone(),
                    grams(zone),
                    Integer.toString(zone.year()),
                    zone.kind().tag(),
                    zone.basis().tag(),
                    zone.source(),
                    zone.zoneName()));
        }
        table(rows);
    }

    private void regions(List<CloudRegion> regions) {
        if (regions.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("REGION", "G/KWH", "YEAR", "KIND", "FIGURE", "PUE", "YEAR", "PLACE"));
        for (CloudRegion region : regions) {
            CarbonIntensity figure = region.intensity();
            rows.add(List.of(
                    region.name(),
                    grams(figure),
                    Integer.toString(figure.year()),
                    figure.kind().tag(),
                    region.hasOwnFigure() && figure.basis() == EmissionBasis.UNSTATED ? figure.source() : figure.zone(),
                    region.pue().map(ZonesText::mark).orElse("-"),
                    region.pue().map(pue -> Integer.toString(pue.year())).orElse("-"),
                    region.location()));
        }
        table(rows);
    }

    private void pues(List<PublishedPues.Entry> pues) {
        if (pues.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PUE OF", "PUE", "YEAR", "SOURCE", "NAME"));
        for (PublishedPues.Entry entry : pues) {
            Pue pue = entry.pue();
            rows.add(List.of(
                    pue.scope(), number(pue.value()), Integer.toString(pue.year()), pue.source(), entry.name()));
        }
        table(rows);
    }

    private void notes(ZoneListing listing) {
        note("G/KWH: grams of CO2e per kWh, averages of the year. Kinds are not comparable: lifecycle includes the"
                + " supply of fuel and the building of plants, direct is what leaves the stack.");
        if (!listing.regions().isEmpty()) {
            note("FIGURE: the zone whose figure the region has, or the source of the provider's own figure, whose"
                    + " basis is unstated.");
            note("PUE with *: the average of all the provider's regions. No PUE is applied unless pue=... is set.");
        }
        lines.add("");
        sources(listing.sources());
    }

    private void note(String text) {
        lines.addAll(Paragraph.of("", text, WIDTH));
    }

    private void sources(List<FigureSource> sources) {
        int width = sources.stream()
                .mapToInt(source -> source.code().length())
                .max()
                .orElse(1);
        for (FigureSource source : sources) {
            lines.addAll(Paragraph.of(
                    String.format((Locale) null, "%-" + width + "s  ", source.code()),
                    source.reference() + "; " + source.licence(),
                    WIDTH));
        }
    }

    private static String mark(Pue pue) {
        return number(pue.value()) + (pue.isProviderAverage() ? "*" : " ");
    }

    private static String grams(CarbonIntensity figure) {
        return String.format((Locale) null, "%.2f", figure.gramsPerKwh());
    }

    /** As published, with two decimals at least. */
    private static String number(double pue) {
        String exact = Double.toString(pue);
        return exact.length() < 4 ? String.format((Locale) null, "%.2f", pue) : exact;
    }

    /** Numbers to the right, words to the left, two spaces between columns. */
    private void table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                boolean right = isNumber(rows.get(1).get(i));
                String format = (right ? "%" : "%-") + widths[i] + "s";
                line.append(i == 0 ? "" : "  ").append(String.format((Locale) null, format, row.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add("");
    }

    private static boolean isNumber(String cell) {
        return cell.matches("[0-9.]+[* ]?|-");
    }
}
