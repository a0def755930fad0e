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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A small HTTP/1.1 server on one thread, which answers short requests from memory and within {@link HttpLimits}: whatever
 * clients do, it has so many connections and so much memory at most, and each client's time is bounded.
 *
 * <p>The JDK's own asks the host which implementation to use, and four clients that dawdle shut out all others
 * (docs/adr/0011).
 */
final class HttpServer implements Runnable {
    private static final long FULL_HEAP_NANOS = 50_000_000;
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int MAX_ACCEPTED_A_TURN = 16;
    private static final int BACKLOG = 128;
    private static final long ACCEPT_PAUSE_NANOS = Duration.ofMillis(500).toNanos();
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final SelectionKey accepting;
    private final InetSocketAddress address;
    private final HttpLimits limits;
    private final HttpRequest.Handler handler;
    private final Consumer<String> log;
    private final List<HttpConnection> connections = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** System.nanoTime() until when nobody is let in. */
    private Optional<Long> pausedUntilNanos = Optional.empty();

    private boolean saidThatNobodyIsLetIn;
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
        this.address = (InetSocketAddress) listener.getLocalAddress();
        listener.configureBlocking(false);
        this.accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Takes the port. Clients wait until {@link #run} is called, on a thread of its own.
     *
     * @throws java.net.BindException where the port is taken, or the address is not one of this machine
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

    /** Where it listens, with the port that it got. */
    InetSocketAddress address() {
        return address;
    }

    /** Has {@link #run} return; the port is free once it has. From any thread. */
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
                    // The program's heap may be full for a while; clients are answered when it has room again.
                    LockSupport.parkNanos(this, FULL_HEAP_NANOS);
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            log.accept("the live endpoint has ended: " + e);
        } finally {
            closeAll();
        }
    }

    private void turn(long nowNanos) {
        // The keys of a copy: a connection that gives way to another one is cancelled meanwhile.
        List<SelectionKey> ready = List.copyOf(selector.selectedKeys());
        selector.selectedKeys().clear();
        for (SelectionKey key : ready) {
            if (key.isValid() && key.attachment() instanceof HttpConnection connection) {
                attempt(connection, () -> connection.proceed(buffer, nowNanos));
            } else if (key.equals(accepting)) {
                accept(nowNanos);
            }
        }
        for (HttpConnection connection : List.copyOf(connections)) {
            if (connection.deadlineNanos() - nowNanos <= 0) {
                attempt(connection, () -> connection.expire(buffer, nowNanos));
            }
        }
        boundPendingAnswers();
        if (pausedUntilNanos.isPresent() && pausedUntilNanos.get() - nowNanos <= 0) {
            pausedUntilNanos = Optional.empty();
            accepting.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    private interface Step {
        boolean run() throws IOException;
    }

    private void attempt(HttpConnection connection, Step step) {
        boolean goesOn = false;
        try {
            goesOn = step.run();
        } catch (IOException | OutOfMemoryError clientIsGoneOrHeapIsFull) {
            // It is closed below.
        } catch (RuntimeException | Error broken) {
            log.accept("the live endpoint could not answer: " + broken);
        } finally {
            if (!goesOn) {
                end(connection);
            }
        }
    }

    private void accept(long nowNanos) {
        try {
            for (int i = 0; i < MAX_ACCEPTED_A_TURN; i++) {
                SocketChannel channel = listener.accept();
                if (channel == null) {
                    return;
                }
                if (connections.size() >= limits.connections()) {
                    endLeastNeeded();
                }
                open(channel, nowNanos);
            }
        } catch (IOException | RuntimeException e) {
            // Too many open files, as a rule: one of ours may be what the host lacks.
            endLeastNeeded();
            pausedUntilNanos = Optional.of(nowNanos + ACCEPT_PAUSE_NANOS);
            accepting.interestOps(0);
            if (!saidThatNobodyIsLetIn) {
                saidThatNobodyIsLetIn = true;
                log.accept("the live endpoint lets nobody in for a while: " + e.getMessage());
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

    private void endLeastNeeded() {
        connections.stream()
                .min(Comparator.comparing(HttpConnection::state)
                        .thenComparing(HttpConnection::stateNanos, (a, b) -> Long.signum(a - b)))
                .ifPresent(this::end);
    }

    /** Clients that do not read what they asked for would else keep an answer each in memory. */
    private void boundPendingAnswers() {
        long pending = 0;
        int answers = 0;
        for (HttpConnection connection : connections) {
            pending += connection.pendingBytes();
            answers += connection.pendingBytes() > 0 ? 1 : 0;
        }
        while (pending > limits.pendingBytes() && answers > 1) {
            Optional<HttpConnection> oldest = connections.stream()
                    .filter(connection -> connection.pendingBytes() > 0)
                    .min(Comparator.comparing(HttpConnection::stateNanos, (a, b) -> Long.signum(a - b)));
            pending -= oldest.map(HttpConnection::pendingBytes).orElse(0);
            answers--;
            oldest.ifPresent(this::end);
        }
    }

    private void end(HttpConnection connection) {
        connections.remove(connection);
        connection.close();
    }

    /** 0 for as long as nothing happens. */
    private long millisToWait(long nowNanos) {
        long nanos = Long.MAX_VALUE;
        for (HttpConnection connection : connections) {
            nanos = Math.min(nanos, connection.deadlineNanos() - nowNanos);
        }
        if (pausedUntilNanos.isPresent()) {
            nanos = Math.min(nanos, pausedUntilNanos.get() - nowNanos);
        }
        return nanos == Long.MAX_VALUE ? 0 : Math.max(1, nanos / NANOS_PER_MILLI + 1);
    }

    private void closeAll() {
        try (selector;
                listener) {
            List.copyOf(connections).forEach(this::end);
        } catch (IOException e) {
            log.accept("the live endpoint could not be closed: " + e);
        }
    }
}
