/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.util.Locale;

/** Whose energy a domain holds. */
public enum Scope {
    /** Everything that runs on the machine, or on the virtual machine if only that can be seen. */
    MACHINE,
    /** Only the processors and memory of the container. */
    CONTAINER;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The word used in reports and journals. */
    public String tag() {
        return tag;
    }
}
