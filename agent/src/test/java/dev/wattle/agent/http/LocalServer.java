/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A server on this machine that answers as it is told, correctly or not. One request a connection. */
public final class LocalServer implements Closeable {
    private final ServerSocket listener;
    private final Function<Request, Reply> answers;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What a client sent; the names of headers are in lower case. */
    public record Request(String method, String target, Map<String, String> headers, String body) {}

    /**
     * What is sent back, byte for byte.
     *
     * @param hangs whether the connection then stays open, in silence
     */
    public record Reply(String text, boolean hangs) {
        public static Reply json(String body) {
            return of(200, "", body);
        }

        /** @param headers whole lines, each with its line end */
        public static Reply of(int status, String headers, String body) {
            return new Reply(
                    "HTTP/1.1 " + status + " Any\r\n" + headers + "Content-Type: application/json\r\nContent-Length: "
                            + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body,
                    false);
        }

        public static Reply raw(String text) {
            return new Reply(text, false);
        }

        public static Reply thenHangs(String text) {
            return new Reply(text, true);
        }
    }

    private LocalServer(ServerSocket listener, Function<Request, Reply> answers) {
        this.listener = listener;
        this.answers = answers;
    }

    public static LocalServer start(Function<Request, Reply> answers) {
        try {
            LocalServer server = new LocalServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
            daemon(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** All requests so far, in the order in which they came. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException isClosed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            requests.add(request);
            Reply reply = answers.apply(request);
            OutputStream out = socket.getOutputStream();
            out.write(reply.text().getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (reply.hangs()) {
                closed.await();
            }
        } catch (IOException | InterruptedException clientIsGone) {
            // As clients may.
        } finally {
            open.remove(socket);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(first[0], first[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the client is gone");
            }
            line.append(c == '\r' ? "" : (char) c);
        }
        return line.toString();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "local-server");
        thread.setDaemon(true);
        thread.start();
    }
}
