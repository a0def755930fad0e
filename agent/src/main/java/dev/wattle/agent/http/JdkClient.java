/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JDK's client with everything set that it would otherwise ask the JVM's defaults for. One caller at a time. */
final class JdkClient {
    private static final Pattern SELECTOR_THREAD = Pattern.compile("HttpClient-\\d+-SelectorManager");

    private final RequestLimits limits;
    private final TaskThread tasks;
    private final HttpClient client;
    private final @Nullable Thread selector;

    /** @throws GeneralSecurityException where this runtime has no TLS */
    JdkClient(String name, ProxySettings proxies, RequestLimits limits, TaskThread tasks)
            throws GeneralSecurityException {
        this.limits = limits;
        this.tasks = tasks;
        List<Thread> before = selectors();
        this.client = HttpClient.newBuilder()
                .executor(tasks)
                .sslContext(TlsContext.create())
                .proxy(new EnvironmentProxies(proxies))
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connect())
                .build();
        this.selector = selectors().stream()
                .filter(thread -> !before.contains(thread))
                .findFirst()
                .orElse(null);
        if (selector != null) {
            selector.setName("wattle-" + name + "-selector");
            selector.setUncaughtExceptionHandler((ended, why) -> {});
        }
    }

    HttpResponse<byte[]> send(OutgoingRequest request) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri()).timeout(limits.answer());
        request.headers().forEach(builder::header);
        HttpRequest.BodyPublisher body = request.method().equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(request.body());
        HttpRequest sent = builder.method(request.method(), body).build();
        // On this thread: sendAsync ends on the common pool, whose threads a factory of the program makes.
        return client.send(sent, info -> new BoundedBody(limits.maxBodyBytes()));
    }

    HttpReply.Answer answer(HttpResponse<byte[]> response) {
        return new HttpReply.Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("retry-after").flatMap(text -> RetryAfter.parse(text, Instant.now())));
    }

    /** Ends the client's thread, which would otherwise live until the client is collected. */
    void close() {
        tasks.close();
        if (selector != null) {
            selector.interrupt();
        }
    }

    /** The threads of all clients. The JDK starts them in the current thread's group, which is the meter's, and names them. */
    private static List<Thread> selectors() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] threads = new Thread[group == null ? 0 : group.activeCount() + 16];
        int found = group == null ? 0 : group.enumerate(threads, false);
        return Arrays.stream(threads, 0, found)
                .filter(thread -> SELECTOR_THREAD.matcher(thread.getName()).matches())
                .toList();
    }

    private static final class EnvironmentProxies extends ProxySelector {
        private final ProxySettings settings;

        EnvironmentProxies(ProxySettings settings) {
            this.settings = settings;
        }

        @Override
        public List<Proxy> select(URI uri) {
            Optional<Proxy> proxy = settings.proxyFor(uri)
                    .map(address -> new Proxy(
                            Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.host(), address.port())));
            return List.of(proxy.orElse(Proxy.NO_PROXY));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException why) {
            // The request fails with the same reason.
        }
    }
}
