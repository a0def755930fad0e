/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.report.text.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Collects the lines of the summary: labelled paragraphs broken between words, and lines as they are. */
final class SummaryLines {
    static final int WIDTH = 80;

    private static final int LABEL = 12;
    private static final char NO_BREAK = '\u00A0';
    private static final Pattern UNIT = Pattern.compile("(\\d) (?=([kMG]?(J|W)|[kM]?Wh|[mk]?g|t|m?s|min|h|%)(\\W|$))");

    private final List<String> lines = new ArrayList<>();

    void plain(String line) {
        lines.add(line);
    }

    /** A line is not broken between a figure and its unit. */
    void field(String label, String value) {
        String lead = String.format((Locale) null, "  %-" + LABEL + "s ", label);
        String joined = UNIT.matcher(value).replaceAll("$1" + NO_BREAK);
        for (String line : Paragraph.of(lead, joined, WIDTH)) {
            lines.add(line.replace(NO_BREAK, ' '));
        }
    }

    int size() {
        return lines.size();
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }
}
