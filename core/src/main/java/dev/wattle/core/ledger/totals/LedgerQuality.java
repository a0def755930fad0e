/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import java.util.Locale;

/** How a recorded energy was determined, best first. */
enum LedgerQuality {
    COUNTER,
    INTEGRATED,
    MODELLED,
    /** Missing in the journal, or from a later version. */
    UNKNOWN;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    static LedgerQuality of(String tag) {
        for (LedgerQuality quality : values()) {
            if (quality.tag().equals(tag)) {
                return quality;
            }
        }
        return UNKNOWN;
    }

    boolean isMeasured() {
        return this == COUNTER || this == INTEGRATED;
    }
}
