/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import java.util.Locale;

/** Which kilowatt-hours a carbon intensity is about. */
public enum EmissionBasis {
    /** Those generated in the zone. */
    GENERATION,
    /** Those used in the zone, imports included. */
    CONSUMPTION,
    /**
     * The next one: what one more kilowatt-hour would cause. Not an average; it compares with no figure of another basis.
     */
    MARGINAL,
    /** The source of the figure does not say. */
    UNSTATED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The word used in tables, reports and journals. */
    public String tag() {
        return tag;
    }
}
