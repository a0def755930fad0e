/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.util.Locale;

/** What a look for a source of energy came to. */
public enum SourceState {
    /** It is there and all of it that should be metered is. */
    METERED,
    /** Some of it is metered, some cannot be read. */
    PARTLY,
    /** It is there and cannot be read. */
    REFUSED,
    /** It is there and not used, because another source holds the same energy. */
    UNNEEDED,
    /** It is not there. */
    ABSENT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in reports. */
    public String word() {
        return word;
    }
}
