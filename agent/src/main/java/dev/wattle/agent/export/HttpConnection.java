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
 * One client. It is read from while no answer is under way and written to while one is, so that requests sent ahead wait
 * in the kernel's buffer. All methods are called on the server's thread.
 */
final class HttpConnection {

    /** In the order in which connections are given up where there are too many. */
    enum State {
        /** Between two requests. */
        IDLE,
        /** Answered for the last time: what the client still sends is thrown away until it sees the end. */
        LINGERING,
        /** A request is expected, or is there in part. */
        READING,
        /** An answer is under way. */
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
    private boolean closesAfterwards;
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

    /** System.nanoTime() since when it is in its state. */
    long stateNanos() {
        return stateNanos;
    }

    /** System.nanoTime() when it has been in its state for too long. */
    long deadlineNanos() {
        Duration longest = switch (state) {
            case IDLE -> limits.idle();
            case LINGERING -> limits.linger();
            case READING -> limits.head();
            case WRITING -> limits.response();
        };
        return stateNanos + longest.toNanos();
    }

    /** How much of an answer the client has not taken yet. */
    int pendingBytes() {
        return output.remaining();
    }

    /**
     * Does what the channel is ready for.
     *
     * @param buffer of the server's, to read and write through
     * @return false where the connection is over
     */
    boolean proceed(ByteBuffer buffer, long nowNanos) throws IOException {
        if (state == State.WRITING) {
            return output.hasRemaining() ? write(buffer, nowNanos) : answerNext(buffer, nowNanos);
        }
        buffer.clear();
        if (state != State.LINGERING) {
            // What does not fit stays in the kernel: it is the begin of a later request.
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
        return answerNext(buffer, nowNanos);
    }

    /** Its time is up. The client of half a request is told so; false where nothing is left to say. */
    boolean expire(ByteBuffer buffer, long nowNanos) throws IOException {
        if (state != State.READING || length == 0) {
            return false;
        }
        begin(HttpResponse.text(408, "The request did not arrive in time."), true, true, nowNanos);
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

    /** One byte more than may be, to tell a request that is too long from one that fits. */
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
            begin(tooLong(), true, true, nowNanos);
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
        begin(response, withBody, closes, nowNanos);
    }

    private void begin(HttpResponse response, boolean withBody, boolean closes, long nowNanos) {
        output = ByteBuffer.wrap(response.bytes(withBody, closes ? "close" : "keep-alive", System.currentTimeMillis()));
        closesAfterwards = closes;
        enter(State.WRITING, nowNanos);
    }

    /** Through a buffer of the server's: the JDK would else keep one of the size of the answer for this thread. */
    private boolean write(ByteBuffer buffer, long nowNanos) throws IOException {
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
        if (closesAfterwards) {
            // Closing while the client still sends would reset the connection and might lose the answer.
            channel.shutdownOutput();
            enter(State.LINGERING, nowNanos);
        } else if (length > 0) {
            // The next one was sent ahead: it is answered in the next turn, behind the other clients.
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
