/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import dev.wattle.core.carbon.FigureSources;
import java.util.Optional;

/**
 * The CO2e of making a piece of hardware, as published. Immutable.
 *
 * @param item what it is the figure of
 * @param kind {@code accelerator} or {@code server}
 * @param kgCo2e kilograms of CO2e a piece
 * @param boundary which steps and parts it covers
 * @param year the year it describes
 * @param source a code of {@link FigureSources}
 * @param pattern a regular expression for the product names it is used for; empty where it is for reference only
 */
public record EmbodiedFigure(
        String item, String kind, double kgCo2e, String boundary, int year, String source, Optional<String> pattern) {

    /** The figure in one phrase: item, kilograms, source and year. */
    public String text() {
        return item + ", " + plain(kgCo2e) + " kg (" + FigureSources.bundled().name(source) + ", " + year + ")";
    }

    private static String plain(double kilograms) {
        String text = Double.toString(kilograms);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
