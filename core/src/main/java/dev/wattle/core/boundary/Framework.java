/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.util.Locale;

/** What trains: a framework whose training classes are instrumented, or a loop of the program's own. */
public enum Framework {
    /** Eclipse Deeplearning4j: MultiLayerNetwork and ComputationGraph. */
    DL4J,
    /** Deep Java Library. */
    DJL,
    /** ND4J's SameDiff. */
    SAMEDIFF,
    /** A loop that reports through {@code dev.wattle.Wattle}. */
    CUSTOM;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code framework} on meters and in journals. */
    public String tag() {
        return tag;
    }
}
