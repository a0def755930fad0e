/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.core.sampling.MeterThreads;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsEndpointTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final String RUN = "{\"run\":\"<script>alert(1)</script>\"}";

    private final List<String> log = new ArrayList<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private MetricsEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        registry.counter("wattle.test.rows").increment(42);
        endpoint = start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        endpoint.close();
        registry.close();
    }

    @Test
    void servesTheRegistryAsText() throws IOException, InterruptedException {
        HttpResponse<String> response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(response.body()).contains("wattle_test_rows_total 42.0").doesNotContain("# EOF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
                "text/html, Application/OpenMetrics-Text; version=0.0.1"
            })
    void servesOpenMetricsToWhoAsksForIt(String accept) throws IOException, InterruptedException {
        HttpResponse<String> response = get("/metrics", "Accept", accept);

        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(response.body()).contains("wattle_test_rows_total 42.0").endsWith("# EOF\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "*/*", "application/openmetrics-text;q=0,text/plain"})
    void servesTextToAllOthers(String accept) throws IOException, InterruptedException {
        assertThat(get("/metrics", "Accept", accept).headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }

    @Test
    void compressesForWhoCanTakeIt() throws IOException, InterruptedException {
        HttpRequest request =
                request("/metrics").header("Accept-Encoding", "br, gzip;q=0.8").build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("wattle_test_rows_total");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "br", "gzip;q=0", "gzip; q=0.0"})
    void compressesForNobodyElse(String encodings) throws IOException, InterruptedException {
        HttpResponse<String> response = get("/metrics", "Accept-Encoding", encodings);

        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(response.body()).contains("wattle_test_rows_total");
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/run, 200",
        "/metrics, 200",
        "/run/, 404",
        "/metric, 404",
        "/metrics/, 404",
        "/metrics?name=x, 200",
        "/../etc, 404"
    })
    void answersOnlyWhereThereIsSomething(String path, int status) throws IOException, InterruptedException {
        assertThat(get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void respondsToHeadWithTheLengthOfTheBody() throws IOException, InterruptedException {
        int length = get("/metrics").body().length();
        HttpRequest request =
                request("/metrics").method("HEAD", BodyPublishers.noBody()).build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(length);
    }

    @Test
    void servesTheRunAsDataThatIsNeverTakenForAPageAndNeverKept() throws IOException, InterruptedException {
        HttpResponse<String> response = get("/run");

        assertThat(response.body()).isEqualTo(RUN);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void servesAPageThatHoldsAllItNeeds() throws IOException, InterruptedException {
        HttpResponse<String> response = get("/");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(response.body())
                .contains("<style>.uplot", "<script>/*! uPlot", "const wattleCharts", "ask('/run'")
                .doesNotContain("/*style*/", "/*script*/");
        // The namespace of SVG is a name and not an address, and uPlot's address stands in a comment.
        assertThat(response.body()
                        .replace("http://www.w3.org/2000/svg", "")
                        .replace("/*! https://github.com/leeoniya/uPlot ", ""))
                .doesNotContain("http:", "https:", "//cdn", "url(", "@import", " src=", "innerHTML", "document.write");
    }

    @Test
    void allowsOnlyThePagesOwnScriptAndStyleAndNoOtherServer() throws Exception {
        HttpResponse<String> response = get("/");

        String policy = response.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy.split("; ", -1))
                .containsExactlyInAnyOrder(
                        "default-src 'none'",
                        "script-src " + hashOf(response.body(), "<script>", "</script>"),
                        "style-src " + hashOf(response.body(), "<style>", "</style>"),
                        "connect-src 'self'",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'");
    }

    private static String hashOf(String page, String begin, String end) throws Exception {
        String text = page.substring(page.indexOf(begin) + begin.length(), page.indexOf(end));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void refusesOtherMethods(String method) throws IOException, InterruptedException {
        HttpRequest request = request("/metrics")
                .method(method, BodyPublishers.ofString("x=1"))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void answersOneClientWhileAnotherDawdles() throws IOException, InterruptedException {
        URI uri = URI.create(endpoint.url());
        try (Socket dawdler = new Socket(uri.getHost(), uri.getPort())) {
            dawdler.getOutputStream().write("GET /metrics HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));

            assertThat(get("/metrics").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void takesAFreePortForOneThatIsTakenAndSaysSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                MetricsEndpoint other = start("127.0.0.1", taken.getLocalPort())) {
            int port = URI.create(other.url()).getPort();

            assertThat(port).isNotEqualTo(taken.getLocalPort());
            assertThat(log)
                    .singleElement()
                    .asString()
                    .contains("port " + taken.getLocalPort(), "using " + port, "http=HOST:PORT");
        }
    }

    @Test
    void namesAnAddressOfTheNewProtocolInBrackets() throws IOException {
        try (MetricsEndpoint other = start("::1", 0)) {
            assertThat(other.url()).startsWith("http://[::1]:").endsWith("/");
        }
    }

    @Test
    void refusesAnAddressOfAnotherMachine() {
        // TEST-NET-1 of RFC 5737, which nobody has.
        assertThatThrownBy(() -> start("192.0.2.1", 0)).isInstanceOf(IOException.class);
    }

    @Test
    void turnsAwayARequestThatIsMeantForAnotherHost() throws IOException {
        assertThat(statusOf(endpoint, "Host: evil.example")).isEqualTo(421);
        assertThat(statusOf(endpoint, "Host: localhost")).isEqualTo(200);
        assertThat(statusOf(endpoint, "Host: gpu7")).isEqualTo(421);
    }

    @Test
    void answersUnderTheNameOfTheMachineWhereOthersCanReachIt() throws IOException {
        try (MetricsEndpoint other = start("0.0.0.0", 0)) {
            assertThat(statusOf(other, "Host: gpu7")).isEqualTo(200);
            assertThat(statusOf(other, "Host: evil.example")).isEqualTo(421);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bearer:sesame, Bearer sesame, 200",
        "bearer:sesame, bearer  sesame, 200",
        "bearer:sesame, Bearer sesam, 401",
        "bearer:sesame, Bearer sesamesesame, 401",
        "bearer:sesame, Bearer Sesame, 401",
        "bearer:sesame, Bearer, 401",
        "bearer:sesame, Basic c2VzYW1l, 401",
        "basic:ada:s\u00e9same, Basic YWRhOnPDqXNhbWU=, 200",
        "basic:ada:sesame, Basic YWRhOnPDqXNhbWU=, 401",
        "basic:ada:sesame, Basic ***, 401",
        "basic:ada:sesame, Bearer ada:sesame, 401",
    })
    void asksForCredentials(String credentials, String shown, int status) throws IOException {
        EndpointConfig config =
                new EndpointConfig("127.0.0.1", 0, Set.of(), Optional.of(Credentials.parse(credentials)));
        try (MetricsEndpoint closed = start(config)) {
            assertThat(statusOf(closed, "Host: localhost\r\nAuthorization: " + shown))
                    .isEqualTo(status);
            for (String path : List.of("/", "/run", "/metrics", "/elsewhere")) {
                String answer = answerOf(closed, path, "Host: localhost");
                assertThat(answer)
                        .startsWith("HTTP/1.1 401 ")
                        .contains("\r\nWWW-Authenticate: " + scheme(credentials))
                        .doesNotContain("sesame", RUN, "wattle_test");
            }
        }
        assertThat(log).isEmpty();
    }

    private static String scheme(String credentials) {
        return credentials.startsWith("bearer") ? "Bearer realm=" : "Basic realm=";
    }

    private static int statusOf(MetricsEndpoint endpoint, String fields) throws IOException {
        return Integer.parseInt(answerOf(endpoint, "/metrics", fields)
                .substring("HTTP/1.1 ".length())
                .substring(0, 3));
    }

    private static String answerOf(MetricsEndpoint endpoint, String path, String fields) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress("127.0.0.1", URI.create(endpoint.url()).getPort());
        try (RawClient client = new RawClient(address)) {
            return client.send("GET " + path + " HTTP/1.1\r\n" + fields + "\r\n\r\n")
                    .answer();
        }
    }

    @Test
    void runsOnOneDaemonThreadOfItsOwnName() throws IOException, InterruptedException {
        get("/metrics");

        assertThat(httpThreads()).singleElement().matches(Thread::isDaemon);
    }

    @Test
    void givesItsPortBackAndLeavesNoThread() throws IOException, InterruptedException {
        int port = URI.create(endpoint.url()).getPort();
        get("/metrics");

        endpoint.close();

        assertThat(httpThreads()).isEmpty();
        try (MetricsEndpoint next = start("127.0.0.1", port)) {
            assertThat(URI.create(next.url()).getPort()).isEqualTo(port);
        }
    }

    @Test
    void saysOnceThatAnybodyCanReadWhatListensToOtherMachines() throws IOException {
        try (MetricsEndpoint other = start("0.0.0.0", 0)) {
            assertThat(log).singleElement().asString().contains(other.url(), "http-auth-file=FILE");
        }
    }

    @Test
    void saysNothingOfThatWhereItListensToThisMachineOnly() {
        assertThat(log).isEmpty();
    }

    private static List<Thread> httpThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("wattle-http"))
                .toList();
    }

    private MetricsEndpoint start(String host, int port) throws IOException {
        return start(EndpointConfig.of(host, port));
    }

    private MetricsEndpoint start(EndpointConfig config) throws IOException {
        return MetricsEndpoint.start(
                config, "gpu7", SelectorProvider.provider(), registry::scrape, () -> RUN, new MeterThreads(), log::add);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(endpoint.url()).resolve(path)).timeout(LONGEST);
    }
}
