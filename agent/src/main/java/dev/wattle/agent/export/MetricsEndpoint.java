/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import com.sun.net.httpserver.HttpServer;
import dev.wattle.core.sampling.MeterThreads;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The HTTP server that Prometheus scrapes, {@code /metrics}, with a page for people at {@code /} and its data at {@code /run}.
 *
 * <p>At most {@value #MAX_THREADS} requests are answered at once, so that a client that dawdles does not shut the others
 * out; more are turned away. All threads are daemons named {@code wattle-http...}, those of the JDK's server included.
 */
public final class MetricsEndpoint implements AutoCloseable {

    private static final int MAX_THREADS = 4;
    private static final int IDLE_SECONDS = 60;
    private static final int CLOSE_MILLIS = 500;

    private final HttpServer server;
    private final ThreadPoolExecutor executor;
    private final String host;

    private MetricsEndpoint(HttpServer server, ThreadPoolExecutor executor, String host) {
        this.server = server;
        this.executor = executor;
        this.host = host;
    }

    /**
     * Begins to serve. A port that is taken is replaced by a free one, and that is said.
     *
     * @param host a name or address of this machine
     * @param port 0 for any that is free
     * @param run the run as JSON; called on the thread of a request
     * @throws IOException where the address is not one of this machine, or may not be listened at
     */
    public static MetricsEndpoint start(
            String host,
            int port,
            PrometheusMeterRegistry registry,
            Supplier<String> run,
            MeterThreads threads,
            Consumer<String> log)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("the host name " + host + " is not known");
        }
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                0,
                MAX_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> threads.create("http-" + count.incrementAndGet(), work));
        HttpServer server = JdkServerThreads.start(() -> {
            HttpServer bound = bind(address, log);
            bound.createContext("/", new MetricsHandler(registry, run));
            bound.setExecutor(executor);
            bound.start();
            return bound;
        });
        return new MetricsEndpoint(server, executor, host);
    }

    /** Where to look, such as {@code http://127.0.0.1:9474/metrics}. */
    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + server.getAddress().getPort() + "/metrics";
    }

    /** Gives the port back, and waits a moment for the requests that are being answered. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        try {
            executor.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer bind(InetSocketAddress address, Consumer<String> log) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (BindException taken) {
            HttpServer free = HttpServer.create(new InetSocketAddress(address.getAddress(), 0), 0);
            log.accept("port " + address.getPort() + " could not be had (" + taken.getMessage() + "), using "
                    + free.getAddress().getPort() + "; http=HOST:PORT names another");
            return free;
        }
    }
}
