/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.spi.HttpServerProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings its own implementation of the JDK's HTTP server, whose thread keeps a JVM alive until the server is stopped, as
 * some public ones do; uses it once its standard input has ended, and ends.
 */
public final class OwnHttpServer {
    private OwnHttpServer() {}

    public static void main(String[] args) throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        System.out.println(server.getClass().getName());
        server.start();
        server.stop(0);
        System.out.println("servers made: " + Provider.made);
    }

    /** Named by a property or a service file. */
    public static final class Provider extends HttpServerProvider {
        private static int made;

        @Override
        public HttpServer createHttpServer(InetSocketAddress address, int backlog) {
            made++;
            return new Server(address);
        }

        @Override
        public HttpsServer createHttpsServer(InetSocketAddress address, int backlog) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Server extends HttpServer implements Runnable {
        private final InetSocketAddress address;
        private volatile boolean stopped;

        Server(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public void run() {
            while (!stopped) {
                LockSupport.parkNanos(10_000_000);
            }
        }

        @Override
        public void start() {
            Thread thread = new Thread(this, "server-of-the-program");
            thread.setDaemon(false);
            thread.start();
        }

        @Override
        public void stop(int delay) {
            stopped = true;
        }

        @Override
        public void bind(InetSocketAddress other, int backlog) {}

        @Override
        public void setExecutor(Executor executor) {}

        @Override
        public Executor getExecutor() {
            return Runnable::run;
        }

        @Override
        public HttpContext createContext(String path, HttpHandler handler) {
            return createContext(path);
        }

        @Override
        public HttpContext createContext(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeContext(String path) {}

        @Override
        public void removeContext(HttpContext context) {}

        @Override
        public InetSocketAddress getAddress() {
            return address;
        }
    }
}
