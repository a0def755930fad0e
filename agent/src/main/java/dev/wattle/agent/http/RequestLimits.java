/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import java.time.Duration;

/**
 * What a request may take. Immutable.
 *
 * @param connect the time to connect, the TLS handshake included
 * @param answer the time from the start of the request to the last byte of its answer
 * @param maxBodyBytes the longest body of an answer
 */
public record RequestLimits(Duration connect, Duration answer, int maxBodyBytes) {

    /** For services that answer with a few numbers: 3 s to connect, 5 s in all, 1 MiB. */
    public static final RequestLimits SMALL = new RequestLimits(Duration.ofSeconds(3), Duration.ofSeconds(5), 1 << 20);
}
