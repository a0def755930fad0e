/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import java.util.List;
import java.util.Locale;

/** What a stretch of time went into. Each instant of a run is in exactly one phase of each training that is at work. */
public enum Phase {
    /** A model is being fitted: from the begin of a fit, or of a batch, to its end. */
    TRAIN,
    /** A model is being scored on data it does not learn from. */
    VALIDATION,
    /** A model is being used. */
    INFERENCE,
    /** Nothing of the kind goes on, as far as can be seen. */
    OUTSIDE,
    /** It is not known yet: energy of the time since the last boundary whose readings are in. It becomes another phase's. */
    PENDING;

    /** Those that a training may be in. */
    public static final List<Phase> OF_TRAININGS = List.of(TRAIN, VALIDATION, INFERENCE);

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code phase} on meters and in journals. */
    public String tag() {
        return tag;
    }
}
