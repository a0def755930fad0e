/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import dev.wattle.core.carbon.FigureSources;
import java.util.Locale;

/**
 * A mass of CO2e as a number of things that emit as much. Immutable.
 *
 * @param code a name for programs, such as {@code smartphone-charge}
 * @param count how many of the thing; positive
 * @param thing the thing's name, in the singular or the plural as the count needs
 * @param gramsCo2ePerThing grams of CO2e of one thing
 * @param year the year the source's figure describes
 * @param source a code of {@link FigureSources}
 */
public record Equivalence(String code, double count, String thing, double gramsCo2ePerThing, int year, String source) {

    /** The count and the thing, as {@code 1.3 smartphone charges}. */
    public String amount() {
        return countText(count) + " " + thing;
    }

    /** The amount with its source and year, as {@code 1.3 smartphone charges (EPA, 2026)}. */
    public String text() {
        return amount() + " (" + FigureSources.bundled().name(source) + ", " + year + ")";
    }

    /** Two significant digits below 10, whole numbers from there on, with commas from 10,000. */
    static String countText(double count) {
        if (count >= 1_000_000) {
            return countText(count / 1_000_000) + " million";
        }
        if (count >= 9.95) {
            return String.format((Locale) null, count < 9_999.5 ? "%.0f" : "%,.0f", count);
        }
        if (count >= 0.995) {
            String text = String.format((Locale) null, "%.1f", count);
            return text.endsWith(".0") ? text.substring(0, 1) : text;
        }
        int decimals = count > 0 ? Math.min(6, 1 - (int) Math.floor(Math.log10(count))) : 0;
        return String.format((Locale) null, "%." + decimals + "f", count);
    }
}
