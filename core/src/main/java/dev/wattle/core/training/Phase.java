/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

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
    /** What was used of late, before it is known what for: each joule of it goes to one of the others within moments. */
    PENDING;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** The value of the label {@code phase} on meters and in journals. */
    public String tag() {
        return tag;
    }
}
