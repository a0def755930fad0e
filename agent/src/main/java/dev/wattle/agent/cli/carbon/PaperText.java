/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.core.estimate.PublishedFigure;
import dev.wattle.core.estimate.PublishedPaper;
import dev.wattle.core.estimate.PublishedRow;
import dev.wattle.core.estimate.References;
import dev.wattle.core.report.text.Paragraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Published tables next to what their own inputs give, for a person. */
final class PaperText {
    private static final int WIDTH = 118;
    private static final int TEXT_COLUMNS = 2;

    private PaperText() {}

    static String of(PublishedPaper paper) {
        List<String> lines = new ArrayList<>();
        lines.add(References.citation(paper.reference()));
        lines.add("Recomputed from the paper's own inputs: " + paper.method());
        Map<String, List<PublishedRow>> tables = new LinkedHashMap<>();
        paper.rows()
                .forEach(row -> tables.computeIfAbsent(row.table(), table -> new ArrayList<>())
                        .add(row));
        tables.forEach((table, rows) -> add(lines, table, rows));
        return String.join("\n", lines) + "\n";
    }

    private static void add(List<String> lines, String table, List<PublishedRow> rows) {
        List<PublishedRow> computed =
                rows.stream().filter(PublishedRow::isRecomputed).toList();
        boolean energies = computed.stream().anyMatch(row -> row.energy().isPresent());
        lines.add("");
        lines.add(Character.isDigit(table.charAt(0)) ? "Table " + table : "The " + table);
        List<List<String>> cells = new ArrayList<>();
        cells.add(head(energies));
        for (PublishedRow row : computed) {
            List<String> line = new ArrayList<>(List.of(row.name(), row.calculation()));
            if (energies) {
                add(line, row.energy());
            }
            add(line, row.co2e());
            cells.add(line);
        }
        lines.addAll(aligned(cells));
        for (PublishedRow row : computed) {
            if (!row.remark().isEmpty()) {
                lines.addAll(Paragraph.of("  " + row.name() + ": ", row.remark(), WIDTH));
            }
        }
        List<PublishedRow> others =
                rows.stream().filter(row -> !row.isRecomputed()).toList();
        if (!others.isEmpty()) {
            lines.add("  Not recomputable:");
            for (PublishedRow row : others) {
                String printed = row.co2e()
                        .map(figure -> " (" + figure.printed() + " " + figure.unit() + ")")
                        .orElse("");
                lines.add("    " + row.name() + printed + ": " + row.remark());
            }
        }
    }

    private static List<String> head(boolean energies) {
        List<String> head = new ArrayList<>(List.of("", "inputs"));
        if (energies) {
            head.addAll(List.of("energy printed", "recomputed", "off by"));
        }
        head.addAll(List.of("CO2e printed", "recomputed", "off by"));
        return head;
    }

    private static void add(List<String> line, Optional<PublishedFigure> figure) {
        line.add(figure.map(value -> value.printed() + " " + value.unit()).orElse("-"));
        line.add(figure.map(value -> recomputed(value)).orElse("-"));
        line.add(figure.map(value -> difference(value)).orElse("-"));
    }

    /** With one decimal more than is printed, so that the rounding can be seen. */
    private static String recomputed(PublishedFigure figure) {
        if (!figure.isRecomputed()) {
            return "-";
        }
        int point = figure.printed().indexOf('.');
        int decimals = 1 + (point < 0 ? 0 : figure.printed().length() - point - 1);
        return String.format((Locale) null, "%." + decimals + "f", figure.recomputed());
    }

    private static String difference(PublishedFigure figure) {
        if (!figure.isRecomputed()) {
            return "-";
        }
        double percent = 100 * figure.relativeDifference();
        return Math.abs(percent) < 0.005 ? "0 %" : String.format((Locale) null, "%+.2f %%", percent);
    }

    private static List<String> aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String format = "  %" + (i < TEXT_COLUMNS ? "-" : "") + widths[i] + "s";
                line.append(String.format((Locale) null, format, row.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
