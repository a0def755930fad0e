/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.core.estimate.Assumption;
import dev.wattle.core.estimate.Estimate;
import dev.wattle.core.estimate.Range;
import dev.wattle.core.impact.Equivalences;
import dev.wattle.core.report.text.Paragraph;
import dev.wattle.core.report.text.UnitScale;
import java.util.ArrayList;
import java.util.List;

/** An estimate for a person: the result, what it assumes, and a paragraph for a paper. */
final class EstimateText {
    private static final int WIDTH = 100;
    private static final int SUBJECT = 19;
    private static final double WATT_HOURS_PER_KWH = 1e3;

    private EstimateText() {}

    static String of(Estimate estimate, CarbonChoice carbon, String version) {
        List<String> lines = new ArrayList<>();
        Range grams = estimate.gramsCo2e();
        lines.add("estimate: " + energy(estimate.kwh()) + "        " + co2e(grams) + ", "
                + CarbonChoice.shortly(carbon.settings().intensity()));
        Equivalences.bundled().closest(grams.expected()).ifPresent(like -> lines.add("          like " + like.text()));
        if (carbon.settings().worldAverage()) {
            lines.add("          with the world's average electricity: name your zone with --zone");
        }
        lines.add("");
        lines.add("Assumed");
        for (Assumption assumption : assumptions(estimate, carbon)) {
            String source = assumption.source().isEmpty() ? "" : " [" + assumption.source() + "]";
            add(lines, assumption.subject(), assumption.value() + source);
        }
        if (estimate.parts().size() > 1) {
            for (Estimate.EnergyPart part : estimate.parts()) {
                add(lines, "energy", part.name() + " " + energy(part.kwh()));
            }
        }
        if (estimate.carbon().pue() > 1) {
            add(lines, "with the PUE", energy(estimate.facilityKwh()) + " for the facility; the CO2e is of that");
        }
        add(lines, "not included", estimate.excluded());
        lines.add("");
        lines.add("For a paper");
        PaperParagraph paragraph = PaperParagraph.of(estimate, carbon, version);
        lines.addAll(Paragraph.of("  ", paragraph.text(), WIDTH));
        for (String reference : paragraph.references()) {
            lines.addAll(Paragraph.of("  ", reference, WIDTH));
        }
        return String.join("\n", lines) + "\n";
    }

    /** All assumptions, in the order of the calculation. */
    static List<Assumption> assumptions(Estimate estimate, CarbonChoice carbon) {
        List<Assumption> all = new ArrayList<>(estimate.assumptions());
        all.add(carbon.pue());
        all.add(carbon.intensity());
        return all;
    }

    /** An energy with its range, in one unit: {@code 806.4 kWh (588.6 to 806.4)}. */
    static String energy(Range kwh) {
        Range wattHours = kwh.times(WATT_HOURS_PER_KWH);
        return text(wattHours, UnitScale.wattHours(wattHours.expected()), "");
    }

    /** A mass with its range, in one unit: {@code 332.8 kg CO2e (202.4 to 332.8)}. */
    static String co2e(Range grams) {
        return text(grams, UnitScale.grams(grams.expected()), " CO2e");
    }

    private static String text(Range range, UnitScale scale, String what) {
        String expected = scale.of(range.expected()) + " " + scale.unit() + what;
        return range.isExact()
                ? expected
                : expected + " (" + scale.of(range.low()) + " to " + scale.of(range.high()) + ")";
    }

    private static void add(List<String> lines, String subject, String text) {
        String lead = "  " + subject + " ".repeat(Math.max(2, SUBJECT - subject.length()));
        lines.addAll(Paragraph.of(lead, text, WIDTH));
    }
}
