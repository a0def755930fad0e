/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the lines of the summary: labelled paragraphs broken between words, and lines as they are. */
final class SummaryLines {
    static final int WIDTH = 80;

    private static final int LABEL = 12;

    private final List<String> lines = new ArrayList<>();

    void plain(String line) {
        lines.add(line);
    }

    void field(String label, String value) {
        lines.addAll(Paragraph.of(String.format((Locale) null, "  %-" + LABEL + "s ", label), value, WIDTH));
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }
}
