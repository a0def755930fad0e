/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.util.Locale;

/** How an energy was determined. Energies of different quality are never added silently. */
public enum Quality {
    /** Read from a hardware energy counter. */
    COUNTER,
    /** Integrated by the meter over measured power. */
    INTEGRATED,
    /** Estimated by a published model; nothing was measured. */
    MODELLED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code quality} on meters and in journals. */
    public String tag() {
        return tag;
    }
}
