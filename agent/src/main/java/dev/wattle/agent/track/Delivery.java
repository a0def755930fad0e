/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import java.util.Optional;

/** What came of handing scalars to a tracker. */
sealed interface Delivery {

    /** They are stored. */
    record Done() implements Delivery {}

    /**
     * They are not stored, and may be later.
     *
     * @param why the reason, as the middle of a sentence
     * @param retryNanos after which time to try again; empty to leave that to the caller
     */
    record Later(String why, Optional<Long> retryNanos) implements Delivery {}

    /**
     * They are not stored, and nothing will be.
     *
     * @param why the reason, with the fix, as the middle of a sentence
     */
    record Never(String why) implements Delivery {}
}
