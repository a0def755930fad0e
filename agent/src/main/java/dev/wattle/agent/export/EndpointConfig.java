/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where the endpoint listens and which requests it answers. Immutable.
 *
 * @param host a name or an address of this machine, without brackets
 * @param port 0 for any free one
 * @param hosts further host names that a request may be addressed to; {@code *} for all
 * @param credentials what a client must send; empty to answer all clients
 */
public record EndpointConfig(String host, int port, Set<String> hosts, Optional<Credentials> credentials) {
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int MAX_PORT = 65_535;

    public EndpointConfig {
        hosts = Set.copyOf(hosts);
    }

    /** Answers all clients, under the machine's own names. */
    public static EndpointConfig of(String host, int port) {
        return new EndpointConfig(host, port, Set.of(), Optional.empty());
    }

    /**
     * Parses an address. Without a host it is {@value #DEFAULT_HOST}.
     *
     * @param text {@code HOST:PORT} or {@code PORT}; an IPv6 address in brackets
     * @throws IllegalArgumentException with a reason for a person
     */
    public static EndpointConfig parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (isBracketed(host)) {
            host = withoutBrackets(host);
        } else if (host.contains(":")) {
            throw new IllegalArgumentException("an IPv6 address must be in brackets");
        }
        return of(host.isEmpty() ? DEFAULT_HOST : host, port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        int port;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no port number", e);
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("the port is not from 0 to " + MAX_PORT);
        }
        return port;
    }

    /**
     * Parses {@link #hosts}.
     *
     * @param text names and addresses separated by commas, without ports
     * @throws IllegalArgumentException with a reason for a person
     */
    public static Set<String> parseHosts(String text) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String word : text.split(",", -1)) {
            String host = word.strip();
            String bare = isBracketed(host) ? withoutBrackets(host) : host;
            if (!AllowedHosts.isHost(bare)) {
                throw new IllegalArgumentException("'" + host + "' is neither a name nor an address, without a port");
            }
            hosts.add(bare);
        }
        return hosts;
    }

    private static boolean isBracketed(String host) {
        return host.startsWith("[") && host.endsWith("]");
    }

    private static String withoutBrackets(String host) {
        return host.substring(1, host.length() - 1);
    }
}
