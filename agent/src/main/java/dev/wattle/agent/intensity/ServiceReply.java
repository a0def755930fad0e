/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import java.time.Duration;
import java.util.Optional;

/** What came of asking a service. Immutable. */
sealed interface ServiceReply {

    /** It has a figure. */
    record Figure(LiveFigure figure) implements ServiceReply {}

    /**
     * It answers and has no figure now.
     *
     * @param reason the end of a sentence
     */
    record NoFigure(String reason) implements ServiceReply {}

    /**
     * It does not answer, or not as documented.
     *
     * @param reason a phrase for a person, without any secret
     * @param retryAfter how long it asks to wait; empty where it does not say
     */
    record Failed(String reason, Optional<Duration> retryAfter) implements ServiceReply {}
}
