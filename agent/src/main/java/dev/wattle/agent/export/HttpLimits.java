/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.time.Duration;

/**
 * The limits of the server: sizes and timeouts of one client, and the totals over all clients.
 *
 * @param connections open at one time, at least 1; a further one replaces the one that has been idle longest
 * @param headBytes the maximum size of a request's head, at least 256; bodies are not read
 * @param head the timeout for a request to arrive, from its first byte or, for the first one, from the connection
 * @param idle the timeout between two requests
 * @param response the timeout for a client to read a response
 * @param untilEnd the time after which a client that waits for the end gets a response without it
 * @param linger the timeout for a client to close after the server has
 * @param pendingBytes the maximum size of unsent responses, over all connections; a single response may be larger
 */
record HttpLimits(
        int connections,
        int headBytes,
        Duration head,
        Duration idle,
        Duration response,
        Duration untilEnd,
        Duration linger,
        long pendingBytes) {

    /** Prometheus scrapes every 15 seconds to a minute, and keeps its connection in between. */
    static final HttpLimits DEFAULT = new HttpLimits(
            64,
            8_192,
            Duration.ofSeconds(5),
            Duration.ofSeconds(75),
            Duration.ofSeconds(15),
            Duration.ofSeconds(50),
            Duration.ofSeconds(2),
            8L << 20);
}
