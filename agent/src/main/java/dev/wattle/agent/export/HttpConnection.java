/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/**
 * The connection of one client. It reads while no response is being sent, so that pipelined requests wait in the kernel's
 * buffer. For the thread of the server.
 */
final class HttpConnection {

    /** In the order in which connections are closed where there are too many. */
    enum State {
        /** Between two requests. */
        IDLE,
        /** The last response is sent: input is discarded until the client closes. */
        LINGERING,
        /** The client waits for the end of the run. */
        WAITING,
        /** Waiting for the first request, or for the rest of one. */
        READING,
        /** A response is being sent. */
        WRITING,
    }

    private static final int MAX_LINGERING_BYTES = 1 << 20;
    private static final int MAX_TURN_BYTES = 256 << 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final InetAddress local;
    private final HttpLimits limits;
    private final HttpRequest.Handler handler;

    private byte[] input = new byte[512];
    private int length;
    private ByteBuffer output = NOTHING;
    private boolean closesAfterResponse;
    private int lingered;
    private State state = State.READING;
    private long stateNanos;

    HttpConnection(
            SocketChannel channel, SelectionKey key, HttpLimits limits, HttpRequest.Handler handler, long nowNanos)
            throws IOException {
        this.channel = channel;
        this.key = key;
        this.local = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        this.limits = limits;
        this.handler = handler;
        this.stateNanos = nowNanos;
    }

    State state() {
        return state;
    }

    /** When it entered its state, on {@link System#nanoTime()}. */
    long stateNanos() {
        return stateNanos;
    }

    /** When it expires in its state, on {@link System#nanoTime()}. */
    long deadlineNanos() {
        Duration limit = switch (state) {
            case IDLE -> limits.idle();
            case LINGERING -> limits.linger();
            case WAITING -> limits.untilEnd();
            case READING -> limits.head();
            case WRITING -> limits.response();
        };
        return stateNanos + limit.toNanos();
    }

    /** The size of the unsent part of a response. */
    int pendingBytes() {
        return output.remaining();
    }

    /**
     * Reads or writes, as the channel is ready for.
     *
     * @param buffer the server's, to read and write through
     * @return false where the connection must be closed
     */
    boolean proceed(ByteBuffer buffer, long nowNanos) throws IOException {
        if (state == State.WRITING) {
            return output.hasRemaining() ? write(buffer, nowNanos) : answerNext(buffer, nowNanos);
        }
        buffer.clear();
        if (state != State.LINGERING) {
            // What does not fit stays in the kernel: it belongs to a later request.
            buffer.limit(Math.min(buffer.capacity(), room()));
        }
        int count = channel.read(buffer);
        if (count < 0) {
            return false;
        }
        buffer.flip();
        if (state == State.LINGERING) {
            lingered += count;
            return lingered <= MAX_LINGERING_BYTES;
        }
        take(buffer, nowNanos);
        // What a client sends while it waits belongs to its next request.
        return state == State.WAITING ? room() > 0 : answerNext(buffer, nowNanos);
    }

    /** Answers a client that waits. Returns false where the connection must be closed. */
    boolean answerWaiting(HttpResponse response, ByteBuffer buffer, long nowNanos) throws IOException {
        respond(response, true, true, nowNanos);
        return write(buffer, nowNanos);
    }

    /** Handles a deadline: a partial request is answered with 408. Returns false where the connection must be closed. */
    boolean expire(ByteBuffer buffer, long nowNanos) throws IOException {
        if (state == State.WAITING) {
            respond(HttpResponse.nothingYet(), true, false, nowNanos);
            return write(buffer, nowNanos);
        }
        if (state != State.READING || length == 0) {
            return false;
        }
        respond(HttpResponse.text(408, "The request did not arrive in time."), true, true, nowNanos);
        return write(buffer, nowNanos);
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException gone) {
            // The client has closed it with a reset.
        }
        output = NOTHING;
    }

    private void take(ByteBuffer buffer, long nowNanos) {
        if (state == State.IDLE && buffer.hasRemaining()) {
            enter(State.READING, nowNanos);
        }
        int count = buffer.remaining();
        if (length + count > input.length) {
            input = Arrays.copyOf(input, Math.min(limits.headBytes() + 1, Math.max(2 * input.length, length + count)));
        }
        buffer.get(input, length, count);
        length += count;
    }

    /** One byte more than the limit, to recognise a request that exceeds it. */
    private int room() {
        return limits.headBytes() + 1 - length;
    }

    private boolean answerNext(ByteBuffer buffer, long nowNanos) throws IOException {
        int end = RequestParser.end(input, length);
        if (end < 0 && length <= limits.headBytes()) {
            if (state == State.WRITING) {
                enter(State.READING, nowNanos);
            }
            return true;
        }
        if (end < 0 || end > limits.headBytes()) {
            respond(tooLong(), true, true, nowNanos);
        } else {
            answer(end, nowNanos);
        }
        return write(buffer, nowNanos);
    }

    private HttpResponse tooLong() {
        for (int i = RequestParser.start(input, length); i < length; i++) {
            if (input[i] == '\n') {
                return HttpResponse.text(431, "The header is longer than " + limits.headBytes() + " bytes.");
            }
        }
        return HttpResponse.text(414, "The first line is longer than " + limits.headBytes() + " bytes.");
    }

    private void answer(int end, long nowNanos) {
        HttpResponse response;
        boolean withBody = true;
        boolean closes = true;
        try {
            HttpRequest request = RequestParser.parse(input, end);
            withBody = !request.isHead();
            closes = request.hasBody() || !request.keepsAlive();
            response = handler.answer(request, local);
        } catch (HttpError refused) {
            response = refused.response();
        }
        System.arraycopy(input, end, input, 0, length - end);
        length -= end;
        if (response == HttpResponse.AT_THE_END) {
            enter(State.WAITING, nowNanos);
        } else {
            respond(response, withBody, closes, nowNanos);
        }
    }

    private void respond(HttpResponse response, boolean withBody, boolean closes, long nowNanos) {
        output = ByteBuffer.wrap(response.bytes(withBody, closes ? "close" : "keep-alive", System.currentTimeMillis()));
        closesAfterResponse = closes;
        enter(State.WRITING, nowNanos);
    }

    /** Writes through the server's buffer: the JDK would otherwise keep one of the response's size for this thread. */
    private boolean write(ByteBuffer buffer, long nowNanos) throws IOException {
        if (state == State.WAITING) {
            return true;
        }
        for (int turn = 0; output.hasRemaining() && turn < MAX_TURN_BYTES; ) {
            buffer.clear();
            int count = Math.min(buffer.remaining(), output.remaining());
            buffer.put(output.slice().limit(count));
            int written = channel.write(buffer.flip());
            output.position(output.position() + written);
            turn += written;
            if (written < count) {
                break;
            }
        }
        if (output.hasRemaining()) {
            return true;
        }
        output = NOTHING;
        if (closesAfterResponse) {
            // Closing while the client still sends would reset the connection and could lose the response.
            channel.shutdownOutput();
            enter(State.LINGERING, nowNanos);
        } else if (length > 0) {
            // A pipelined request is answered in the next turn, after the other clients.
            enter(State.WRITING, nowNanos);
        } else {
            enter(State.IDLE, nowNanos);
        }
        return true;
    }

    private void enter(State next, long nowNanos) {
        state = next;
        stateNanos = nowNanos;
        key.interestOps(next == State.WRITING ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
}
