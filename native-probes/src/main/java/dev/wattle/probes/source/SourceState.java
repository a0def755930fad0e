/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.util.Locale;

/** The result of searching a source of energy. */
public enum SourceState {
    /** It exists, and all of it that should be metered is metered. */
    METERED,
    /** Some of it is metered, some cannot be read. */
    PARTLY,
    /** It exists and cannot be read. */
    REFUSED,
    /** It exists and is not used, because another source has the same energy. */
    UNNEEDED,
    /** It does not exist. */
    ABSENT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in reports. */
    public String word() {
        return word;
    }
}
