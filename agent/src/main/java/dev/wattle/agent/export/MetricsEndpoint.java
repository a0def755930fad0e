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
 * The HTTP endpoint: {@code /metrics} for Prometheus, the live page at {@code /} and its data at {@code /run}.
 *
 * <p>It runs on one daemon thread, {@code wattle-http}, and uses nothing that the host can replace, provided that the given
 * channels do not.
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
     * Starts to serve. A port that is in use is replaced by a free one, which is logged.
     *
     * @param machineName this machine's own name, which requests from other machines may be addressed to
     * @param channels makes sockets
     * @param metrics writes {@code /metrics}; called on the thread of the server
     * @param run the run as JSON; called on the thread of the server
     * @throws IOException where the address is not one of this machine, or listening is not permitted
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
            log.accept(
                    "everybody who can reach " + endpoint.url() + " can read it; http-auth-file=FILE requires a token"
                            + " or a password, http=" + config.port() + " listens to this machine only");
        }
        return endpoint;
    }

    /** The address of the live page, such as {@code http://127.0.0.1:9474/}. */
    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + server.address().getPort() + "/";
    }

    /** Releases the port and cuts off responses. Waits at most 0.5 s for a response that is being made. */
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
            log.accept("port " + address.getPort() + " cannot be used (" + taken.getMessage() + "), using "
                    + free.address().getPort() + "; http=HOST:PORT names another");
            return free;
        }
    }
}
