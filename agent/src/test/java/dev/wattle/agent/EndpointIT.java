/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.Ending;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The live endpoint as another process sees it. One metered program of each Java serves all tests. */
class EndpointIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Map<JavaHome, RunningHost> HOSTS = new HashMap<>();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LONGEST).build();

    @BeforeAll
    static void start() {
        for (JavaHome home : JavaHome.all()) {
            HOSTS.put(home, HostJvm.on(home).agent().start(Ending.class, "return"));
        }
    }

    @AfterAll
    static void stop() {
        HOSTS.values().forEach(RunningHost::close);
        HOSTS.clear();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void servesTheMeters(JavaHome home) throws IOException, InterruptedException {
        HttpResponse<String> response = get(endpoint(home));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("wattle_run_info{", "wattle_agent_ticks_total ");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void loadsNoMicrometerUntilTheMetersAreAskedFor(JavaHome home, @TempDir Path directory)
            throws IOException, InterruptedException {
        Path loaded = directory.resolve("loaded");
        try (RunningHost host = HostJvm.on(home)
                .jvmArguments("-Xlog:class+load:file=" + loaded)
                .agent()
                .start(Ending.class, "return")) {
            URI endpoint = host.awaitEndpoint();

            assertThat(get(endpoint.resolve("/run")).statusCode()).isEqualTo(200);
            assertThat(loaded)
                    .content()
                    .contains("dev.wattle.agent.export.MetricsEndpoint ")
                    .doesNotContain("micrometer");
            assertThat(get(endpoint).body()).contains("wattle_run_info{");
            assertThat(loaded).content().contains(" io.micrometer.core.instrument.MeterRegistry ");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void listensOnTheLoopbackAddressOnly(JavaHome home) throws SocketException {
        Optional<InetAddress> outer = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        Tools.need(outer.isPresent(), "no address but the loopback's");
        int port = endpoint(home).getPort();

        assertThat(endpoint(home).getHost()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> new Socket(outer.orElseThrow(), port).close()).isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void answersOneClientWhileAnotherDawdles(JavaHome home) throws IOException, InterruptedException {
        URI endpoint = endpoint(home);
        try (Socket dawdler = new Socket(endpoint.getHost(), endpoint.getPort())) {
            dawdler.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: wat".getBytes(StandardCharsets.US_ASCII));

            assertThat(get(endpoint).statusCode()).isEqualTo(200);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource(JAVAS)
    void respondsDespiteAThousandIdleConnectionsAndKeepsFewOfThem(JavaHome home)
            throws IOException, InterruptedException {
        URI endpoint = endpoint(home);
        get(endpoint);
        long before = openFiles(home);
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
                idle.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
                }
            }

            for (int i = 0; i < 10; i++) {
                assertThat(get(endpoint).statusCode()).isEqualTo(200);
            }
            assertThat(openFiles(home) - before).isLessThanOrEqualTo(64);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void turnsAwayAWebPageThatCallsThisMachineByANameOfItsOwn(JavaHome home) throws IOException {
        URI endpoint = endpoint(home);
        for (String path : List.of("/", "/run", "/metrics", "http://evil.example/run")) {
            try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
                String request = "GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 421 ")
                        .doesNotContain("wattle_", "Access-Control-Allow-Origin");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void keepsACredentialThatItRefusesToItself(JavaHome home) {
        try (RunningHost host =
                HostJvm.on(home).agent("http-auth=bearer:sesame").start(Ending.class, "return")) {
            host.awaitStderr("wattle: metering ");
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(run.stderr())
                    .doesNotContain("sesame", "; live at ")
                    .contains("http-auth in the arguments is refused");
            assertThat(run.summary()).isNotEmpty();
        }
    }

    private static long openFiles(JavaHome home) throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of("/proc", Long.toString(HOSTS.get(home).pid()), "fd"))) {
            return files.count();
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void showsNoPathOfTheMachine(JavaHome home) throws IOException, InterruptedException {
        String own = Path.of("").toAbsolutePath().toString();

        for (String path : new String[] {"/", "/metrics", "/elsewhere", "/metrics/%2e%2e/%2e%2e/etc/passwd"}) {
            HttpResponse<String> response = get(endpoint(home).resolve(path));

            assertThat(response.body() + response.headers().map()).doesNotContain(own, "root:", "Exception");
            assertThat(response.headers().firstValue("Server")).isEmpty();
        }
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(LONGEST).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static URI endpoint(JavaHome home) {
        return HOSTS.get(home).awaitEndpoint();
    }
}
