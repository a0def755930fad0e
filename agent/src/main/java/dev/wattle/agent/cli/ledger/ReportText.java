/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.agent.attach.PlainText;
import dev.wattle.core.ledger.read.SkippedFile;
import dev.wattle.core.ledger.totals.LedgerRow;
import dev.wattle.core.ledger.totals.LedgerTotals;
import dev.wattle.core.report.text.UnitScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as a table for people, with one unit for each column, and what it leaves out. */
final class ReportText {
    private static final int MAX_NAME_COLUMNS = 40;
    private static final int MIN_NAME_COLUMNS = 7;
    private static final int MAX_SKIPPED = 20;
    private static final double UNKNOWN_GRAMS = Double.NaN;

    private ReportText() {}

    static String of(LedgerTotals ledger, ReportOptions options) {
        StringBuilder text = new StringBuilder();
        table(ledger, options, text);
        notes(ledger, options, text);
        return text.toString();
    }

    private static void table(LedgerTotals ledger, ReportOptions options, StringBuilder text) {
        List<LedgerRow> rows = new ArrayList<>(options.order().sorted(ledger.rows()));
        LedgerRow totals = ledger.totals();
        int names = Math.max(MIN_NAME_COLUMNS, NameCell.width(options.by(), MAX_NAME_COLUMNS));
        for (LedgerRow row : rows) {
            names = Math.max(names, NameCell.width(row.name(), MAX_NAME_COLUMNS));
        }
        UnitScale time = UnitScale.seconds(totals.seconds());
        UnitScale energy = UnitScale.wattHours(totals.kwh() * 1e3);
        UnitScale mass = UnitScale.grams(totals.co2eGrams());
        text.append(line(
                NameCell.of(options.by(), names), "runs", "killed", time.unit(), energy.unit(), mass.unit() + " CO2e"));
        rows.add(totals);
        for (LedgerRow row : rows) {
            text.append(line(
                    NameCell.of(row.name(), names),
                    Long.toString(row.runs()),
                    row.killed() == 0 ? "-" : Long.toString(row.killed()),
                    time.of(row.seconds()),
                    energy.of(row.kwh() * 1e3),
                    mass.of(row.withoutCo2e() < row.runs() || row.runs() == 0 ? row.co2eGrams() : UNKNOWN_GRAMS)));
        }
    }

    private static String line(String name, String... cells) {
        StringBuilder line = new StringBuilder("  ").append(name);
        for (String cell : cells) {
            line.append(String.format((Locale) null, "  %9s", cell));
        }
        return line.append('\n').toString();
    }

    private static void notes(LedgerTotals ledger, ReportOptions options, StringBuilder text) {
        LedgerRow totals = ledger.totals();
        text.append('\n');
        if (totals.killed() > 0) {
            text.append(
                    totals.killed() == 1
                            ? "killed: 1 run has no summary: it was killed or still runs, and its last checkpoint counts\n"
                            : "killed: " + totals.killed()
                                    + " runs have no summary: they were killed or still run, and their last checkpoints count\n");
        }
        if (!totals.microjoulesByQuality().isEmpty()) {
            List<String> parts = new ArrayList<>();
            totals.microjoulesByQuality()
                    .forEach((quality, part) -> parts.add(percent(part, totals.microjoules()) + " " + quality));
            text.append("quality: ").append(String.join(", ", parts)).append('\n');
        }
        if (totals.recordedMicrojoules() > totals.microjoules()) {
            text.append("overlap: runs metered the same machine at the same time; of what they recorded, ")
                    .append(percent(totals.recordedMicrojoules() - totals.microjoules(), totals.recordedMicrojoules()))
                    .append(" was the same energy and is counted once\n");
        }
        if (totals.withoutCo2e() > 0) {
            text.append("CO2e: unknown for ")
                    .append(totals.withoutCo2e() == 1 ? "1 run" : totals.withoutCo2e() + " runs")
                    .append(", which ")
                    .append(totals.withoutCo2e() == 1 ? "is" : "are")
                    .append(" not in its sums\n");
        }
        options.intensity()
                .ifPresent(intensity -> text.append("what if: CO2e of the same energy at ")
                        .append(UnitScale.plain(intensity.gramsPerKwh()).of(intensity.gramsPerKwh()))
                        .append(" g/kWh (")
                        .append(intensity.zone())
                        .append(
                                intensity.year() == 0
                                        ? ""
                                        : ", " + intensity.year() + ", "
                                                + intensity.kind().tag())
                        .append("), not where the runs were\n"));
        options.query()
                .pue()
                .ifPresent(pue -> text.append("what if: CO2e of the same energy at a PUE of ")
                        .append(pue)
                        .append('\n'));
        skipped(ledger.skipped(), text);
    }

    private static void skipped(List<SkippedFile> skipped, StringBuilder text) {
        if (skipped.isEmpty()) {
            return;
        }
        text.append("\nnot counted, or not in full: ")
                .append(skipped.size() == 1 ? "1 file" : skipped.size() + " files")
                .append('\n');
        skipped.stream()
                .limit(MAX_SKIPPED)
                .forEach(file -> text.append("  ")
                        .append(PlainText.of(file.file() + " " + file.reason()))
                        .append('\n'));
        if (skipped.size() > MAX_SKIPPED) {
            text.append("  and ").append(skipped.size() - MAX_SKIPPED).append(" more; --json lists all\n");
        }
    }

    private static String percent(long part, long whole) {
        return String.format((Locale) null, "%.1f %%", whole == 0 ? 0.0 : 100.0 * part / whole);
    }
}
