/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import java.util.List;

/**
 * A chart of upright bars, each of one or more parts. Immutable.
 *
 * @param id unique in the page
 * @param title what the chart shows
 * @param description the same in a sentence, for those who do not see it
 * @param yTitle name and unit of the upright axis
 * @param xTitle what the labels below the bars are
 * @param parts the names of the parts for the legend, from the bottom up; one empty name where bars have one part
 * @param bars from left to right
 */
record BarChart(
        String id,
        String title,
        String description,
        String yTitle,
        String xTitle,
        Axis y,
        List<String> parts,
        List<Bar> bars) {

    private static final int MAX_LABELS = 8;

    /** The part of the room for a bar that it fills. */
    private static final double FILLED = 0.8;

    /**
     * A bar.
     *
     * @param label below it
     * @param values of its parts, in the unit of the axis
     * @param texts what the reader sees when pointing at a part
     */
    record Bar(String label, List<Double> values, List<String> texts) {}

    void write(HtmlWriter out) {
        out.start("figure", "class", "chart");
        out.element("figcaption", title);
        if (parts.size() > 1) {
            out.start("ul", "class", "legend");
            for (int i = 0; i < parts.size(); i++) {
                out.start("li")
                        .start("i", "class", "key s" + i % Series.COLOURS)
                        .end();
                out.name(parts.get(i)).end();
            }
            out.end();
        }
        out.element("p", yTitle, "class", "axis");
        PlotFrame frame = new PlotFrame(out);
        frame.start(id, title, description);
        frame.yAxis(y);
        int every = (bars.size() + MAX_LABELS - 1) / MAX_LABELS;
        double room = 1.0 / bars.size();
        for (int i = 0; i < bars.size(); i++) {
            if (i % Math.max(1, every) == 0) {
                frame.xLabel((i + 0.5) * room, bars.get(i).label(), i / Math.max(1, every) % 2 == 1);
            }
            bar(out, bars.get(i), (i + (1 - FILLED) / 2) * room, FILLED * room);
        }
        frame.end();
        out.element("p", xTitle, "class", "axis across");
        out.endLine();
    }

    private void bar(HtmlWriter out, Bar bar, double left, double width) {
        double from = 0;
        for (int i = 0; i < bar.values().size(); i++) {
            double to = from + bar.values().get(i);
            double height = PlotFrame.HEIGHT * (y.position(to) - y.position(from));
            if (bar.values().get(i) > 0) {
                out.start(
                        "rect",
                        "class",
                        "mark bar s" + i % Series.COLOURS,
                        "x",
                        PlotFrame.percent(left),
                        "width",
                        PlotFrame.percent(width),
                        "y",
                        PlotFrame.pixels(y.position(to)),
                        "height",
                        PlotFrame.number(Math.max(0.5, height)));
                out.element("title", bar.texts().get(i)).end();
            }
            from = to;
        }
    }
}
