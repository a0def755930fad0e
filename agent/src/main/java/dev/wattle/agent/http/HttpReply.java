/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What came of a request. Immutable. No text of it contains a header that was sent. */
public sealed interface HttpReply {

    /** Why there is no answer. */
    enum Reason {
        /** Nothing listens there, or the network has no way to it. */
        REFUSED,
        /** No such host. */
        UNKNOWN_HOST,
        /** Not connected or not fully answered in time. */
        TIMED_OUT,
        /** The TLS handshake failed, usually since the certificate is not trusted. */
        NOT_TRUSTED,
        /** The body is longer than the limit. */
        TOO_LARGE,
        /** Not HTTP, or it ended early. */
        BROKEN,
        /** The request itself cannot be sent, or nothing can any more. */
        INVALID
    }

    /**
     * A whole answer, whatever its status.
     *
     * @param status 100 to 599
     * @param body at most {@link RequestLimits#maxBodyBytes}
     * @param retryAfter what Retry-After asks for; empty without one that can be parsed
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Answer(int status, byte[] body, Optional<Duration> retryAfter) implements HttpReply {

        /** Whether the status is one from 200 to 299. */
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** The body as UTF-8. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * No answer, or not a whole one.
     *
     * @param text the reason for a person, without a full stop, such as {@code no answer within 5 s}
     */
    record Failure(Reason reason, String text) implements HttpReply {}
}
