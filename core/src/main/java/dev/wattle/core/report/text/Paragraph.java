/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text between words into lines of equal indent. A word that is too long stays whole. */
public final class Paragraph {
    private Paragraph() {}

    /**
     * The lines of a paragraph.
     *
     * @param lead the start of the first line, such as a label; the other lines start with as many spaces
     * @param width the maximum length of a line, including the lead
     */
    public static List<String> of(String lead, String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(lead);
        String separator = "";
        for (String word : text.split(" ", -1)) {
            if (!separator.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(lead.length()));
                separator = "";
            }
            line.append(separator).append(word);
            separator = " ";
        }
        lines.add(line.toString());
        return lines;
    }
}
