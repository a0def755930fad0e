/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.time.Duration;

/**
 * What one client may take of the endpoint, and all of them together.
 *
 * @param connections open at one time, from 1; a further one takes the place of the one that has been idle longest
 * @param headBytes the longest request, from 256; bodies are not read
 * @param head how long a request may take to arrive, from its first byte or, for the first one, from the connection
 * @param idle how long a connection is kept between two requests
 * @param response how long an answer may take to be read
 * @param linger how long a client may take to notice that the endpoint closes
 * @param pendingBytes of answers that are not read yet, over all connections; a single answer may be larger
 */
record HttpLimits(
        int connections,
        int headBytes,
        Duration head,
        Duration idle,
        Duration response,
        Duration linger,
        long pendingBytes) {

    /** Prometheus asks every 15 seconds to a minute, and keeps its connection in between. */
    static final HttpLimits DEFAULT = new HttpLimits(
            64,
            8_192,
            Duration.ofSeconds(5),
            Duration.ofSeconds(75),
            Duration.ofSeconds(15),
            Duration.ofSeconds(2),
            8L << 20);
}
