/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays out the summary's lines: labelled paragraphs that are broken between words, and rows of a table. */
final class SummaryLines {
    static final int WIDTH = 80;

    private static final int LABEL = 12;
    private static final String ROW = "  %-14s %12s %11s %11s  %s";

    private final List<String> lines = new ArrayList<>();

    void plain(String line) {
        lines.add(line);
    }

    void row(String device, String energy, String average, String peak, String quality) {
        lines.add(String.format(Locale.ROOT, ROW, device, energy, average, peak, quality)
                .stripTrailing());
    }

    void field(String label, String value) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-" + LABEL + "s", label));
        String separator = " ";
        int indent = line.length();
        boolean empty = true;
        for (String word : value.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(indent));
                empty = true;
            }
            line.append(separator).append(word);
            empty = false;
        }
        lines.add(line.toString());
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }
}
