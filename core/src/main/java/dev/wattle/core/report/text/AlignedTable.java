/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays out the cells of a table in columns, aligned on the right. */
public final class AlignedTable {

    private static final String INDENT = "  ";

    private AlignedTable() {}

    /**
     * One line for each row. Columns are two spaces apart, or one where the lines would be too wide otherwise; they may still
     * be too wide then.
     *
     * @param rows of equal length
     */
    public static List<String> lines(List<List<String>> rows, int maxWidth) {
        int[] widths = widths(rows);
        int sum = INDENT.length();
        for (int width : widths) {
            sum += width;
        }
        String gap = sum + 2 * (widths.length - 1) <= maxWidth ? "  " : " ";
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(INDENT);
            for (int column = 0; column < widths.length; column++) {
                line.append(column == 0 ? "" : gap)
                        .append(String.format((Locale) null, "%" + widths[column] + "s", row.get(column)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }
}
