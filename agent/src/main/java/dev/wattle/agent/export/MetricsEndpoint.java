/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import dev.wattle.core.sampling.MeterThreads;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The HTTP server that Prometheus scrapes, {@code /metrics}, with a page for people at {@code /} and its data at {@code /run}.
 *
 * <p>All happens on one daemon thread, {@code wattle-http}. It goes through nothing that the host can replace, given
 * channels that do not.
 */
public final class MetricsEndpoint implements AutoCloseable {
    private static final int CLOSE_MILLIS = 500;

    private final HttpServer server;
    private final Thread thread;
    private final String host;

    private MetricsEndpoint(HttpServer server, Thread thread, String host) {
        this.server = server;
        this.thread = thread;
        this.host = host;
    }

    /**
     * Starts to serve. A port that is taken is replaced by a free one, and that is logged.
     *
     * @param machineName the name that this machine gives itself: clients elsewhere may ask for it
     * @param channels makes sockets
     * @param metrics what {@code /metrics} shows; called on the thread of the server
     * @param run the run as JSON; called on the thread of the server
     * @throws IOException where the address is not one of this machine, or may not be listened at
     */
    public static MetricsEndpoint start(
            EndpointConfig config,
            String machineName,
            SelectorProvider channels,
            MetricsSource metrics,
            Supplier<String> run,
            MeterThreads threads,
            Consumer<String> log)
            throws IOException {
        return start(config, machineName, channels, HttpLimits.DEFAULT, metrics, run, threads, log);
    }

    static MetricsEndpoint start(
            EndpointConfig config,
            String machineName,
            SelectorProvider channels,
            HttpLimits limits,
            MetricsSource metrics,
            Supplier<String> run,
            MeterThreads threads,
            Consumer<String> log)
            throws IOException {
        InetAddress address = ListenAddress.of(config.host());
        Set<String> hosts = new HashSet<>(config.hosts());
        hosts.add(config.host());
        if (!address.isLoopbackAddress()) {
            hosts.add(machineName);
        }
        MetricsHandler handler = new MetricsHandler(metrics, run, new AllowedHosts(hosts), config.credentials(), log);
        HttpServer server = bind(channels, new InetSocketAddress(address, config.port()), limits, handler, log);
        Thread thread = threads.create("http", server);
        thread.start();
        MetricsEndpoint endpoint = new MetricsEndpoint(server, thread, config.host());
        if (!address.isLoopbackAddress() && config.credentials().isEmpty()) {
            log.accept("whoever can reach " + endpoint.url() + " can read it; http-auth-file=FILE has clients show a"
                    + " token or a password, http=" + config.port() + " listens to this machine only");
        }
        return endpoint;
    }

    /** The address of the live page, such as {@code http://127.0.0.1:9474/}. */
    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + server.address().getPort() + "/";
    }

    /** Gives the port back; answers that are under way are cut off. Waits for an answer that is being made, but not long. */
    @Override
    public void close() {
        server.stop();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer bind(
            SelectorProvider channels,
            InetSocketAddress address,
            HttpLimits limits,
            MetricsHandler handler,
            Consumer<String> log)
            throws IOException {
        try {
            return HttpServer.bind(channels, address, limits, handler, log);
        } catch (BindException taken) {
            HttpServer free =
                    HttpServer.bind(channels, new InetSocketAddress(address.getAddress(), 0), limits, handler, log);
            log.accept("port " + address.getPort() + " could not be had (" + taken.getMessage() + "), using "
                    + free.address().getPort() + "; http=HOST:PORT names another");
            return free;
        }
    }
}
