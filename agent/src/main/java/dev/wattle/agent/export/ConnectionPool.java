/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The open connections of the server, kept within {@link HttpLimits}: where there are too many, the least needed ones are
 * closed. For the thread of the server.
 */
final class ConnectionPool {
    private static final Comparator<HttpConnection> OLDEST_FIRST =
            Comparator.comparing(HttpConnection::stateNanos, (a, b) -> Long.signum(a - b));
    private static final Comparator<HttpConnection> LEAST_NEEDED_FIRST =
            Comparator.comparing(HttpConnection::state).thenComparing(OLDEST_FIRST);

    private final HttpLimits limits;
    private final List<HttpConnection> connections = new ArrayList<>();

    ConnectionPool(HttpLimits limits) {
        this.limits = limits;
    }

    /** Closes one connection where there is no room for another. */
    void makeRoom() {
        if (connections.size() >= limits.connections()) {
            closeLeastNeeded();
        }
    }

    void add(HttpConnection connection) {
        connections.add(connection);
    }

    /** The connections now, to iterate over while some are closed. */
    List<HttpConnection> copy() {
        return List.copyOf(connections);
    }

    /** The time until the first connection expires, or {@link Long#MAX_VALUE}. */
    long nanosToDeadline(long nowNanos) {
        long nanos = Long.MAX_VALUE;
        for (HttpConnection connection : connections) {
            nanos = Math.min(nanos, connection.deadlineNanos() - nowNanos);
        }
        return nanos;
    }

    void close(HttpConnection connection) {
        connections.remove(connection);
        connection.close();
    }

    void closeLeastNeeded() {
        connections.stream().min(LEAST_NEEDED_FIRST).ifPresent(this::close);
    }

    /** Closes the oldest connections whose clients do not read: each keeps a response in memory. One of them may stay. */
    void limitPendingBytes() {
        long pending = 0;
        int unread = 0;
        for (HttpConnection connection : connections) {
            pending += connection.pendingBytes();
            unread += connection.pendingBytes() > 0 ? 1 : 0;
        }
        while (pending > limits.pendingBytes() && unread > 1) {
            Optional<HttpConnection> oldest = connections.stream()
                    .filter(connection -> connection.pendingBytes() > 0)
                    .min(OLDEST_FIRST);
            pending -= oldest.map(HttpConnection::pendingBytes).orElse(0);
            unread--;
            oldest.ifPresent(this::close);
        }
    }

    /** Whether a response waits to be sent. */
    boolean isSending() {
        return connections.stream().anyMatch(connection -> connection.pendingBytes() > 0);
    }

    void closeAll() {
        copy().forEach(this::close);
    }
}
