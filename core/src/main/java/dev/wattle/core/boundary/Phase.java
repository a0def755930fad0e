/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.util.List;
import java.util.Locale;

/** What time and energy are used for. Each instant of a run is in exactly one phase of each active training. */
public enum Phase {
    /** A model is being fitted: from the start of a fit, or of a batch, to its end. */
    TRAIN,
    /** A model is being scored on data it does not learn from. */
    VALIDATION,
    /** A model is being used. */
    INFERENCE,
    /** No model is known to be trained, scored or used. */
    OUTSIDE,
    /** Not known yet: the energy since the last boundary whose readings are in. It becomes that of another phase. */
    PENDING;

    /** Those that a training may be in. */
    public static final List<Phase> OF_TRAININGS = List.of(TRAIN, VALIDATION, INFERENCE);

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code phase} on meters and in journals. */
    public String tag() {
        return tag;
    }
}
