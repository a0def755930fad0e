/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** A client that sends bytes as given and keeps the response. */
final class RawClient implements AutoCloseable {
    private static final int LONGEST_MILLIS = 30_000;

    private final Socket socket = new Socket();

    RawClient(InetSocketAddress server) throws IOException {
        this(server, 64 << 10);
    }

    RawClient(InetSocketAddress server, int receiveBytes) throws IOException {
        socket.setReceiveBufferSize(receiveBytes);
        socket.setSoTimeout(LONGEST_MILLIS);
        socket.connect(server, LONGEST_MILLIS);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** All that comes until the server closes, with or without a reset. */
    String untilClosed() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException reset) {
            // The channel is closed anyway.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** One answer with a Content-Length, head and body. */
    String answer() throws IOException {
        String head = head();
        int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** The head of one answer. */
    String head() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Waits until the server has closed, without reading what it sent: what is sent to it then is answered by a reset. */
    void awaitReset() throws IOException {
        long deadline = System.nanoTime() + LONGEST_MILLIS * 1_000_000L;
        while (true) {
            try {
                send(" ");
            } catch (SocketException reset) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("not closed after " + LONGEST_MILLIS + " ms");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
