/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import java.util.Locale;

/**
 * The frame of a chart: an area whose width is that of the page, with the labels of its axes around it.
 *
 * <p>Across, all positions are percentages of the area, so that letters and lines keep their size at every width, on a screen
 * and on paper; upwards they are pixels. Labels lie outside the area, in the margins that the style sheet leaves.
 */
final class PlotFrame {

    /** In CSS pixels. */
    static final int HEIGHT = 240;

    private static final int LABEL_GAP = 8;
    private static final int X_LABEL_OFFSET = 18;
    private static final int HALF_LETTER = 4;

    private final HtmlWriter out;

    PlotFrame(HtmlWriter out) {
        this.out = out;
    }

    /** Starts the area. {@code id} is unique in the page; the description says in words what the chart shows. */
    void start(String id, String title, String description) {
        out.start("div", "class", "plot");
        out.start(
                "svg",
                "class",
                "area",
                "width",
                "100%",
                "height",
                String.valueOf(HEIGHT),
                "role",
                "img",
                "tabindex",
                "0",
                "aria-labelledby",
                id + "-title",
                "aria-describedby",
                id + "-desc");
        out.element("title", title, "id", id + "-title");
        out.element("desc", description, "id", id + "-desc");
    }

    void end() {
        out.end();
        out.endLine();
    }

    /** Draws the lines and labels of the upright axis. */
    void yAxis(Axis axis) {
        for (int i = 0; i < axis.ticks().size(); i++) {
            String y = pixels(axis.position(axis.ticks().get(i)));
            out.start("line", "class", "grid", "x1", "0", "x2", "100%", "y1", y, "y2", y)
                    .end();
            out.element(
                    "text",
                    axis.labels().get(i),
                    "class",
                    "label y",
                    "x",
                    String.valueOf(-LABEL_GAP),
                    "y",
                    number(HEIGHT * (1 - axis.position(axis.ticks().get(i))) + HALF_LETTER));
        }
    }

    /** Draws the labels of the axis across. */
    void xAxis(Axis axis) {
        for (int i = 0; i < axis.ticks().size(); i++) {
            double position = axis.position(axis.ticks().get(i));
            xLabel(position, axis.labels().get(i), i % 2 == 1);
        }
    }

    /** Draws one label below the area; a spare one is left out on narrow screens. */
    void xLabel(double position, String label, boolean spare) {
        out.element(
                "text",
                label,
                "class",
                spare ? "label x spare" : "label x",
                "x",
                percent(position),
                "y",
                String.valueOf(HEIGHT + X_LABEL_OFFSET));
    }

    /** A position from 0 to 1 across the area. */
    static String percent(double position) {
        return number(100 * position) + "%";
    }

    /** A position from 0 to 1 up the area. */
    static String pixels(double position) {
        return number(HEIGHT * (1 - position));
    }

    static String number(double value) {
        return String.format((Locale) null, "%.2f", value);
    }
}
