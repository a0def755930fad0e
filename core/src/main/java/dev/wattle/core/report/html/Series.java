/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import java.util.List;

/**
 * Values of a chart that belong together. Immutable.
 *
 * @param name for the legend; empty where the chart has one series only
 * @param style how they are drawn
 * @param colour from 0; colours repeat after {@value #COLOURS}
 * @param marks the values, by {@code x} where they are joined by a line
 */
record Series(String name, Style style, int colour, List<Mark> marks) {

    static final int COLOURS = 8;

    /** With more marks than this, they show only when the reader points at them. */
    private static final int MAX_VISIBLE = 60;

    enum Style {
        /** A line with a dot at each value, if they are few. */
        LINE,
        /** A line without dots. */
        PLAIN_LINE,
        /** Dots, not joined. */
        DOTS,
        /** Dots with a ring, joined by a line: the front. */
        FRONT
    }

    /** The class of its elements in the style sheet. */
    String colourClass() {
        return "s" + colour % COLOURS;
    }

    boolean isJoined() {
        return style != Style.DOTS;
    }

    /** The class of its marks in the style sheet. */
    String markClass() {
        return switch (style) {
                    case LINE -> marks.size() > MAX_VISIBLE ? "mark quiet " : "mark ring ";
                    case PLAIN_LINE -> "mark quiet ";
                    case DOTS -> "mark dot ";
                    case FRONT -> "mark front ";
                }
                + colourClass();
    }
}
