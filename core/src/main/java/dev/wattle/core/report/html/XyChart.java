/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.report.text.EvenSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chart of values over values: lines, dots or both. Of a series with very many values, {@value #MAX_MARKS} are drawn, the first
 * and the last among them. Immutable.
 *
 * @param id unique in the page
 * @param title what the chart shows
 * @param description the same in a sentence, for those who do not see it
 * @param xTitle name and unit of the axis across
 * @param yTitle name and unit of the upright axis
 * @param series what is drawn, the last one on top
 * @param guide a value across that is marked with a line
 */
record XyChart(
        String id,
        String title,
        String description,
        String xTitle,
        String yTitle,
        Axis x,
        Axis y,
        List<Series> series,
        Optional<Guide> guide) {

    private static final int MAX_MARKS = 400;

    private static final int LINE_WIDTH = 1_000;

    /**
     * A line at a value across, with a text next to it.
     *
     * @param y where the series are at {@code x}: the text keeps away from there
     */
    record Guide(double x, double y, String text) {}

    void write(HtmlWriter out) {
        out.start("figure", "class", "chart");
        out.element("figcaption", title);
        legend(out);
        out.element("p", yTitle, "class", "axis");
        PlotFrame frame = new PlotFrame(out);
        frame.start(id, title, description);
        frame.yAxis(y);
        frame.xAxis(x);
        guide.ifPresent(line -> guide(out, line));
        List<Series> drawn = new ArrayList<>();
        for (Series one : series) {
            drawn.add(new Series(one.name(), one.style(), one.colour(), EvenSample.of(one.marks(), MAX_MARKS)));
        }
        lines(out, drawn);
        drawn.forEach(one -> marks(out, one));
        frame.end();
        out.element("p", xTitle, "class", "axis across");
        out.endLine();
    }

    private void legend(HtmlWriter out) {
        if (series.stream().allMatch(one -> one.name().isEmpty())) {
            return;
        }
        out.start("ul", "class", "legend");
        for (Series one : series) {
            out.start("li");
            out.start("i", "class", "key " + one.colourClass()).end();
            out.name(one.name()).end();
        }
        out.end();
    }

    private void guide(HtmlWriter out, Guide line) {
        double position = x.position(line.x());
        String at = PlotFrame.percent(position);
        out.start("line", "class", "guide", "x1", at, "x2", at, "y1", "0", "y2", String.valueOf(PlotFrame.HEIGHT))
                .end();
        out.element(
                "text",
                line.text(),
                "class",
                position > 0.5 ? "label before" : "label after",
                "x",
                at,
                "dx",
                position > 0.5 ? "-6" : "6",
                "y",
                y.position(line.y()) > 0.5 ? String.valueOf(PlotFrame.HEIGHT - 8) : "12");
    }

    /** In an inner image that stretches, since a path cannot have percentages. */
    private void lines(HtmlWriter out, List<Series> drawn) {
        out.start(
                "svg",
                "class",
                "lines",
                "width",
                "100%",
                "height",
                String.valueOf(PlotFrame.HEIGHT),
                "viewBox",
                "0 0 " + LINE_WIDTH + " " + PlotFrame.HEIGHT,
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true");
        for (Series one : drawn) {
            if (one.isJoined() && one.marks().size() > 1) {
                out.start("path", "class", "line " + one.colourClass(), "d", path(one.marks()))
                        .end();
            }
        }
        out.end();
    }

    private String path(List<Mark> marks) {
        StringBuilder path = new StringBuilder();
        for (Mark mark : marks) {
            path.append(path.length() == 0 ? 'M' : 'L')
                    .append(PlotFrame.number(LINE_WIDTH * x.position(mark.x())))
                    .append(' ')
                    .append(PlotFrame.pixels(y.position(mark.y())));
        }
        return path.toString();
    }

    private void marks(HtmlWriter out, Series one) {
        for (Mark mark : one.marks()) {
            out.start(
                    "circle",
                    "class",
                    one.markClass(),
                    "cx",
                    PlotFrame.percent(x.position(mark.x())),
                    "cy",
                    PlotFrame.pixels(y.position(mark.y())),
                    "r",
                    "3.5");
            out.element("title", mark.text()).end();
        }
    }
}
