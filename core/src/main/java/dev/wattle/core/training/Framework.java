/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import java.util.Locale;

/** The training frameworks whose iterations are counted. */
public enum Framework {
    /** Eclipse Deeplearning4j. */
    DL4J,
    /** Deep Java Library. */
    DJL;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code framework} on meters and in journals. */
    public String tag() {
        return tag;
    }
}
