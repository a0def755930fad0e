/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A small HTTP/1.1 server on one thread. It answers short requests from memory; {@link HttpLimits} bound its connections, its
 * memory and each client's time.
 *
 * <p>The JDK's own server asks the host which implementation to use, and four slow clients block all others
 * (docs/adr/0011).
 */
final class HttpServer implements Runnable {
    private static final long FULL_HEAP_NANOS = 50_000_000;
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int MAX_ACCEPTS_A_TURN = 16;
    private static final int BACKLOG = 128;
    private static final long ACCEPT_PAUSE_NANOS = Duration.ofMillis(500).toNanos();
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LAST_RESPONSES_NANOS = 200 * NANOS_PER_MILLI;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final SelectionKey accepting;
    private final InetSocketAddress address;
    private final HttpLimits limits;
    private final HttpRequest.Handler handler;
    private final Consumer<String> log;
    private final ConnectionPool connections;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** Until when no connections are accepted, on {@link System#nanoTime()}. */
    private Optional<Long> pausedUntilNanos = Optional.empty();

    private boolean reportedPause;
    private volatile boolean closing;

    private HttpServer(
            Selector selector,
            ServerSocketChannel listener,
            HttpLimits limits,
            HttpRequest.Handler handler,
            Consumer<String> log)
            throws IOException {
        this.selector = selector;
        this.listener = listener;
        this.limits = limits;
        this.handler = handler;
        this.log = log;
        this.connections = new ConnectionPool(limits);
        this.address = (InetSocketAddress) listener.getLocalAddress();
        listener.configureBlocking(false);
        this.accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Binds the port. Clients wait until {@link #run} is called, on a thread of its own.
     *
     * @throws java.net.BindException where the port is in use, or the address is not one of this machine
     */
    static HttpServer bind(
            SelectorProvider channels,
            InetSocketAddress address,
            HttpLimits limits,
            HttpRequest.Handler handler,
            Consumer<String> log)
            throws IOException {
        ServerSocketChannel listener = channels.openServerSocketChannel();
        Selector selector = null;
        try {
            listener.bind(address, BACKLOG);
            selector = channels.openSelector();
            return new HttpServer(selector, listener, limits, handler, log);
        } catch (IOException | RuntimeException e) {
            listener.close();
            if (selector != null) {
                selector.close();
            }
            throw e;
        }
    }

    /** The address it listens at, with the actual port. */
    InetSocketAddress address() {
        return address;
    }

    /** Makes {@link #run} return, after which the port is free. Thread-safe. */
    void stop() {
        closing = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                try {
                    selector.select(millisToWait(System.nanoTime()));
                    turn(System.nanoTime());
                } catch (OutOfMemoryError full) {
                    // The program's heap may be full for a while; clients are answered once it has room again.
                    LockSupport.parkNanos(this, FULL_HEAP_NANOS);
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            log.accept("the live endpoint has ended: " + e);
        } finally {
            answerThoseWaiting();
            closeAll();
        }
    }

    /** The run has ended: all that wait get its last figures, as far as their sockets take them within a moment. */
    private void answerThoseWaiting() {
        try {
            List<HttpConnection> waiting = connections.copy().stream()
                    .filter(connection -> connection.state() == HttpConnection.State.WAITING)
                    .toList();
            if (waiting.isEmpty()) {
                return;
            }
            Optional<HttpResponse> last = handler.atTheEnd();
            if (last.isEmpty()) {
                return;
            }
            long nanos = System.nanoTime();
            for (HttpConnection connection : waiting) {
                attempt(connection, () -> connection.answerWaiting(last.get(), buffer, nanos));
            }
            while (connections.isSending() && System.nanoTime() - nanos < LAST_RESPONSES_NANOS) {
                selector.select(LAST_RESPONSES_NANOS / NANOS_PER_MILLI / 10);
                turn(System.nanoTime());
            }
        } catch (IOException | RuntimeException | Error e) {
            log.accept("the last figures could not be sent: " + e);
        }
    }

    private void turn(long nowNanos) {
        // A copy: a connection that is closed for another one is cancelled meanwhile.
        List<SelectionKey> ready = List.copyOf(selector.selectedKeys());
        selector.selectedKeys().clear();
        for (SelectionKey key : ready) {
            if (key.isValid() && key.attachment() instanceof HttpConnection connection) {
                attempt(connection, () -> connection.proceed(buffer, nowNanos));
            } else if (key.equals(accepting)) {
                accept(nowNanos);
            }
        }
        for (HttpConnection connection : connections.copy()) {
            if (connection.deadlineNanos() - nowNanos <= 0) {
                attempt(connection, () -> connection.expire(buffer, nowNanos));
            }
        }
        connections.limitPendingBytes();
        if (pausedUntilNanos.isPresent() && pausedUntilNanos.get() - nowNanos <= 0) {
            pausedUntilNanos = Optional.empty();
            accepting.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    private interface Step {
        boolean run() throws IOException;
    }

    private void attempt(HttpConnection connection, Step step) {
        boolean isOpen = false;
        try {
            isOpen = step.run();
        } catch (IOException | OutOfMemoryError clientIsGoneOrHeapIsFull) {
            // It is closed below.
        } catch (RuntimeException | Error broken) {
            log.accept("the live endpoint could not answer: " + broken);
        } finally {
            if (!isOpen) {
                connections.close(connection);
            }
        }
    }

    private void accept(long nowNanos) {
        try {
            for (int i = 0; i < MAX_ACCEPTS_A_TURN; i++) {
                SocketChannel channel = listener.accept();
                if (channel == null) {
                    return;
                }
                connections.makeRoom();
                open(channel, nowNanos);
            }
        } catch (IOException | RuntimeException e) {
            // Usually too many open files: the host may need one of those that are open here.
            connections.closeLeastNeeded();
            pausedUntilNanos = Optional.of(nowNanos + ACCEPT_PAUSE_NANOS);
            accepting.interestOps(0);
            if (!reportedPause) {
                reportedPause = true;
                log.accept("the live endpoint accepts no connections for a while: " + e.getMessage());
            }
        }
    }

    private void open(SocketChannel channel, long nowNanos) {
        try {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            HttpConnection connection = new HttpConnection(channel, key, limits, handler, nowNanos);
            key.attach(connection);
            connections.add(connection);
        } catch (IOException | RuntimeException clientIsGone) {
            try {
                channel.close();
            } catch (IOException closed) {
                // By the client.
            }
        }
    }

    /** The timeout for the selector; 0 for none. */
    private long millisToWait(long nowNanos) {
        long nanos = connections.nanosToDeadline(nowNanos);
        if (pausedUntilNanos.isPresent()) {
            nanos = Math.min(nanos, pausedUntilNanos.get() - nowNanos);
        }
        return nanos == Long.MAX_VALUE ? 0 : Math.max(1, nanos / NANOS_PER_MILLI + 1);
    }

    private void closeAll() {
        try (selector;
                listener) {
            connections.closeAll();
        } catch (IOException e) {
            log.accept("the live endpoint could not be closed: " + e);
        }
    }
}
