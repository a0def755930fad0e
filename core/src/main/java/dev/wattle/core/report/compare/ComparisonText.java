/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.compare;

import dev.wattle.core.ledger.compare.ComparedRun;
import dev.wattle.core.ledger.compare.Comparison;
import dev.wattle.core.report.text.AlignedTable;
import dev.wattle.core.report.text.Paragraph;
import dev.wattle.core.report.text.PrintableName;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison as text for a terminal, at most {@value #WIDTH} columns wide apart from names: a few runs are columns, more runs are
 * rows. Each measure has one unit.
 */
public final class ComparisonText {

    static final int WIDTH = 100;
    private static final int MAX_COLUMNS = 5;

    private ComparisonText() {}

    /** The text, with a line break at its end. */
    public static String of(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        boolean same =
                comparison.runs().stream().map(ComparisonText::basis).distinct().count() == 1;
        for (ComparedRun run : comparison.runs()) {
            lines.add(head(run));
            if (!same) {
                lines.add("   " + basis(run));
            }
        }
        if (same) {
            lines.add("all: " + basis(comparison.runs().get(0)));
        }
        lines.add("");
        lines.addAll(AlignedTable.lines(table(comparison), WIDTH));
        lines.add("");
        ComparisonSentences.verdict(comparison).ifPresent(verdict -> lines.addAll(Paragraph.of("", verdict, WIDTH)));
        ComparisonSentences.notes(comparison).forEach(note -> lines.addAll(Paragraph.of("note: ", note, WIDTH)));
        return String.join("\n", lines) + "\n";
    }

    private static String head(ComparedRun run) {
        StringBuilder text = new StringBuilder(run.letter() + "  ")
                .append(PrintableName.of(run.run().run()));
        run.run()
                .project()
                .ifPresent(project ->
                        text.append(" (").append(PrintableName.of(project)).append(')'));
        run.run()
                .started()
                .ifPresent(started -> text.append(", started ")
                        .append(started.toString(), 0, 16)
                        .append('Z'));
        text.append(run.run().killed() ? ", KILLED or still running" : "");
        return text.toString();
    }

    private static String basis(ComparedRun run) {
        return (run.run().qualities().isEmpty() ? "no energy" : run.run().qualities())
                + run.carbon()
                        .map(carbon -> "; " + ComparisonColumns.place(carbon))
                        .orElse("");
    }

    private static List<List<String>> table(Comparison comparison) {
        List<List<String>> byMeasure = ComparisonColumns.of(comparison);
        if (comparison.runs().size() <= MAX_COLUMNS) {
            return withNamesOnTheLeft(byMeasure);
        }
        return ComparisonColumns.turned(byMeasure);
    }

    private static List<List<String>> withNamesOnTheLeft(List<List<String>> rows) {
        int width = rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
        List<List<String>> padded = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> copy = new ArrayList<>(row);
            copy.set(0, row.get(0) + " ".repeat(width - row.get(0).length()));
            padded.add(copy);
        }
        return padded;
    }
}
