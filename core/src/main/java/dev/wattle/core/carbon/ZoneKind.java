/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import java.util.Locale;

/** Which emissions a carbon intensity counts. Figures of different kinds are not comparable. */
public enum ZoneKind {
    /** With the fuel's supply and the building of the plants. */
    LIFECYCLE,
    /** What leaves the stack, and nothing else: wind, sun, water and the atom count as nought. */
    DIRECT,
    /** Not said by whoever gave the figure. */
    UNSTATED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The word used in tables, reports and journals. */
    public String tag() {
        return tag;
    }
}
