/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.LearningCurve.Point;
import dev.wattle.core.epoch.ValueRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plots a learning curve with ASCII characters: the metric upwards, the energy to the right. Each character has three levels,
 * {@code . - '}. Between two epochs the plot is a straight line. A value far from all others is outside the scale and is marked
 * at the edge.
 */
public final class CurvePlot {

    private static final int WIDTH = 48;
    private static final int HEIGHT = 8;
    private static final char[] THIRDS = {'.', '-', '\''};

    private static final char ABOVE = '^';
    private static final char BELOW = 'v';

    private final LearningCurve curve;
    private final List<Point> points;
    private final ValueRange range;

    private CurvePlot(LearningCurve curve) {
        this.curve = curve;
        this.points = curve.points();
        this.range = curve.range();
    }

    /** The lines of the plot, none wider than the summary. */
    public static List<String> of(LearningCurve curve, RunUnits units) {
        return new CurvePlot(curve).lines(units);
    }

    private List<String> lines(RunUnits units) {
        char[][] cells = new char[HEIGHT][WIDTH];
        for (char[] row : cells) {
            Arrays.fill(row, ' ');
        }
        for (int column = 0; column < WIDTH; column++) {
            double value = valueAt(column);
            if (!Double.isNaN(value)) {
                int thirds = thirdsOf(value);
                cells[HEIGHT - 1 - thirds / 3][column] = THIRDS[thirds % 3];
            }
        }
        for (Point point : points) {
            if (range.isBeyond(point.value())) {
                boolean above = point.value() > range.high();
                cells[above ? 0 : HEIGHT - 1][columnOf(point)] = above ? ABOVE : BELOW;
            }
        }
        String top = QuantityFormat.digits(range.high());
        String bottom = QuantityFormat.digits(range.low());
        int margin = Math.max(top.length(), bottom.length());
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < HEIGHT; row++) {
            String label = row == 0 ? top : row == HEIGHT - 1 ? bottom : "";
            lines.add(" ".repeat(4 + margin - label.length()) + label + " |" + new String(cells[row]).stripTrailing());
        }
        String indent = " ".repeat(4 + margin + 1);
        lines.add(indent + "+" + "-".repeat(WIDTH));
        String end = units.energy(last().microjoules());
        lines.add(indent + " 0" + " ".repeat(Math.max(1, WIDTH - 1 - end.length())) + end);
        return lines;
    }

    /** The value in the middle of a column, interpolated between the points around it; NaN before the first point. */
    private double valueAt(int column) {
        double energy = last().microjoules() * (column + 0.5) / WIDTH;
        double columnEnd = last().microjoules() * (column + 1.0) / WIDTH;
        Point before = points.get(0);
        if (energy < before.microjoules()) {
            return columnEnd < before.microjoules() ? Double.NaN : before.value();
        }
        for (Point point : points) {
            if (point.microjoules() >= energy) {
                long span = point.microjoules() - before.microjoules();
                double part = span == 0 ? 1 : (energy - before.microjoules()) / span;
                double from = range.clamp(before.value());
                // The difference of two values can overflow.
                return (1 - part) * from + part * range.clamp(point.value());
            }
            before = point;
        }
        return before.value();
    }

    private int columnOf(Point point) {
        double share = last().microjoules() == 0 ? 0 : (double) point.microjoules() / last().microjoules();
        return (int) Math.max(0, Math.min(WIDTH - 1, Math.ceil(share * WIDTH) - 1));
    }

    private int thirdsOf(double value) {
        int levels = 3 * HEIGHT - 1;
        double low = range.low() / 2;
        double high = range.high() / 2;
        return high <= low ? levels / 2 : (int) Math.round(levels * ((range.clamp(value) / 2 - low) / (high - low)));
    }

    private Point last() {
        return curve.points().get(points.size() - 1);
    }
}
