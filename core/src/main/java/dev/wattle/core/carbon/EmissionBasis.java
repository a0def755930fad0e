/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import java.util.Locale;

/** Which kilowatt-hours a carbon intensity is an average of. */
public enum EmissionBasis {
    /** Those generated in the zone, wherever they are used. */
    GENERATION,
    /** Those used in the zone, imports included. */
    CONSUMPTION,
    /** Not said by whoever gave the figure. */
    UNSTATED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The word used in tables, reports and journals. */
    public String tag() {
        return tag;
    }
}
