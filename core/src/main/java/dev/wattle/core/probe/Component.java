/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.util.Locale;

/** The part of a machine whose energy a domain holds. Parts of one machine never overlap, so their energies add up. */
public enum Component {
    /** Processor packages: cores, uncore and what else shares their power plane. */
    CPU,
    /** Main memory outside the processor packages. */
    DRAM,
    /** Accelerator boards, memory on the board included. */
    GPU;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code component} on meters and in journals. */
    public String tag() {
        return tag;
    }
}
