/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.util.Optional;
import java.util.Set;

/**
 * Where the endpoint listens and whom it answers.
 *
 * @param host a name or an address of this machine, without brackets
 * @param port 0 for any that is free
 * @param hosts whom a request may be meant for besides; {@code *} for anybody
 * @param credentials what a client must show
 */
public record EndpointConfig(String host, int port, Set<String> hosts, Optional<Credentials> credentials) {
    public EndpointConfig {
        hosts = Set.copyOf(hosts);
    }

    /** Anybody who can reach it is answered, under the names it has of its own. */
    public static EndpointConfig of(String host, int port) {
        return new EndpointConfig(host, port, Set.of(), Optional.empty());
    }

    /** Whether that can be one of {@link #hosts}. */
    public static boolean isHost(String text) {
        return AllowedHosts.isHost(text);
    }
}
