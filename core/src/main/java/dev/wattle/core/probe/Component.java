/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.util.Locale;

/** A part of a machine. Parts of one machine never overlap, so their energies add up. */
public enum Component {
    /** Processor packages: cores, uncore and everything else in their power plane. */
    CPU,
    /** Main memory outside the processor packages. */
    DRAM,
    /** Accelerator boards, including the memory on the board. */
    GPU;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code component} on meters and in journals. */
    public String tag() {
        return tag;
    }
}
