/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

/**
 * A data centre's power usage effectiveness as its operator published it: energy of the whole facility over energy of
 * its computers (ISO/IEC 30134-2). Immutable.
 *
 * @param value {@value #MIN} to {@value #MAX}
 * @param year the year it describes
 * @param source a code of {@link FigureSources}
 * @param scope what it is the figure of: a cloud region ({@code aws:eu-north-1}), or a provider as a whole ({@code aws})
 */
public record Pue(double value, int year, String source, String scope) {

    /** A facility uses at least what its computers use. */
    public static final double MIN = 1.0;

    /** Far above any real facility, to reject a percentage in place of a factor. */
    public static final double MAX = 10.0;

    /** @throws IllegalArgumentException if the value is not a number from {@value #MIN} to {@value #MAX} */
    public Pue {
        requireInRange(value);
    }

    /** Whether it is the average of a provider's regions, not the figure of one. */
    public boolean isProviderAverage() {
        return scope.indexOf(':') < 0;
    }

    static void requireInRange(double value) {
        if (!(value >= MIN && value <= MAX)) {
            throw new IllegalArgumentException("PUE " + value + " is not from " + MIN + " to " + MAX);
        }
    }
}
