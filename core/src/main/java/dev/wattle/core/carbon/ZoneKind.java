/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import java.util.Locale;

/** Which emissions a carbon intensity counts. Figures of different kinds are not comparable. */
public enum ZoneKind {
    /** Includes the fuel supply and the construction of the plants. */
    LIFECYCLE,
    /** Emissions at the plant only: wind, solar, hydro and nuclear power count as zero. */
    DIRECT,
    /** The source of the figure does not say. */
    UNSTATED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The word used in tables, reports and journals. */
    public String tag() {
        return tag;
    }
}
