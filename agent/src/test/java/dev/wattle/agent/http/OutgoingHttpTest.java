/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.http.HttpReply.Answer;
import dev.wattle.agent.http.HttpReply.Failure;
import dev.wattle.agent.http.HttpReply.Reason;
import dev.wattle.agent.http.LocalServer.Reply;
import dev.wattle.core.sampling.MeterThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutgoingHttpTest {
    private static final RequestLimits PATIENT =
            new RequestLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 1_000);
    private static final RequestLimits IMPATIENT =
            new RequestLimits(Duration.ofMillis(300), Duration.ofMillis(300), 1_000);

    private final MeterThreads threads = new MeterThreads();
    private OutgoingHttp http = client(PATIENT);

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void returnsStatusAndBody() throws IOException {
        try (LocalServer server = LocalServer.start(request -> Reply.json("{\"g\":\"\u00fc\"}"))) {
            Answer answer = answer(OutgoingRequest.get(server.uri("/v3/x?zone=FR")));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.isSuccess()).isTrue();
            assertThat(answer.text()).isEqualTo("{\"g\":\"\u00fc\"}");
            assertThat(server.requests().get(0).target()).isEqualTo("/v3/x?zone=FR");
        }
    }

    @Test
    void postsTextWithHeaders() throws IOException {
        try (LocalServer server = LocalServer.start(request -> Reply.json("{}"))) {
            answer(OutgoingRequest.post(server.uri("/log"), "application/json", "{\"a\":1}")
                    .header("Authorization", "Bearer t"));
            LocalServer.Request sent = server.requests().get(0);
            assertThat(sent.method()).isEqualTo("POST");
            assertThat(sent.body()).isEqualTo("{\"a\":1}");
            assertThat(sent.headers()).containsEntry("authorization", "Bearer t");
            assertThat(sent.headers()).containsEntry("content-type", "application/json");
        }
    }

    @Test
    void returnsAnyStatusAndWhenToComeBack() throws IOException {
        try (LocalServer server = LocalServer.start(request -> Reply.of(429, "Retry-After: 7\r\n", "slow down"))) {
            Answer answer = answer(OutgoingRequest.get(server.uri("/")));
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.isSuccess()).isFalse();
            assertThat(answer.retryAfter()).contains(Duration.ofSeconds(7));
        }
    }

    @Test
    void returnsAStatusThatAsksForCredentialsWithoutSayingWhich() throws IOException {
        try (LocalServer server = LocalServer.start(request -> Reply.of(401, "", "no"))) {
            assertThat(answer(OutgoingRequest.get(server.uri("/"))).status()).isEqualTo(401);
        }
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (LocalServer server =
                LocalServer.start(request -> Reply.of(302, "Location: http://127.0.0.1:1/\r\n", ""))) {
            assertThat(answer(OutgoingRequest.get(server.uri("/"))).status()).isEqualTo(302);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void reportsAPortAtWhichNothingListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Failure failure = failure(OutgoingRequest.get(URI.create("http://127.0.0.1:" + port + "/")));
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure.text()).isEqualTo("127.0.0.1:" + port + " cannot be reached");
    }

    @Test
    void reportsAHostThatDoesNotExist() {
        Failure failure = failure(OutgoingRequest.get(URI.create("http://no-such-host.invalid/")));
        assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_HOST);
        assertThat(failure.text()).isEqualTo("no address is known for no-such-host.invalid");
    }

    @Test
    void waitsForSilenceAndForAnUnfinishedBodyOnlyToTheDeadline() throws IOException {
        http = client(IMPATIENT);
        for (String start : List.of("", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":")) {
            try (LocalServer server = LocalServer.start(request -> Reply.thenHangs(start))) {
                Failure failure = failure(OutgoingRequest.get(server.uri("/")));
                assertThat(failure).isEqualTo(new Failure(Reason.TIMED_OUT, "no answer within 300 ms"));
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
        }
        try (LocalServer server = LocalServer.start(request -> Reply.json("{}"))) {
            assertThat(answer(OutgoingRequest.get(server.uri("/"))).status()).isEqualTo(200);
        }
    }

    @Test
    void readsNoBodyBeyondTheLimit() throws IOException {
        try (LocalServer server = LocalServer.start(request -> Reply.json("x".repeat(1_001)))) {
            Failure failure = failure(OutgoingRequest.get(server.uri("/")));
            assertThat(failure).isEqualTo(new Failure(Reason.TOO_LARGE, "an answer of more than 1000 bytes"));
        }
        try (LocalServer server = LocalServer.start(request -> Reply.json("x".repeat(1_000)))) {
            assertThat(answer(OutgoingRequest.get(server.uri("/"))).text()).hasSize(1_000);
        }
    }

    @Test
    void reportsWhatIsNotHttpAndWhatEndsEarly() throws IOException {
        for (String text :
                List.of("", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":")) {
            try (LocalServer server = LocalServer.start(request -> Reply.raw(text))) {
                Failure failure = failure(OutgoingRequest.get(server.uri("/")));
                assertThat(failure.reason()).isEqualTo(Reason.BROKEN);
                assertThat(failure.text()).startsWith("no valid answer from 127.0.0.1:" + server.port() + ": ");
            }
        }
    }

    @Test
    void showsNoHeaderThatCannotBeSent() throws IOException {
        try (LocalServer server = LocalServer.start(request -> Reply.json("{}"))) {
            OutgoingRequest request = OutgoingRequest.get(server.uri("/")).header("auth-token", "secret\r\nX-Other: 1");
            Failure failure = failure(request);
            assertThat(failure).isEqualTo(new Failure(Reason.INVALID, "the request cannot be sent"));
            assertThat(request.toString()).doesNotContain("secret");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void goesThroughTheProxyOfTheEnvironment() throws IOException {
        try (LocalServer proxy = LocalServer.start(request -> Reply.json("{}"))) {
            ProxySettings settings =
                    ProxySettings.of(Map.of("http_proxy", "http://127.0.0.1:" + proxy.port()), line -> {});
            http = new OutgoingHttp(threads, "test", settings, PATIENT);
            answer(OutgoingRequest.get(URI.create("http://intensity.invalid/latest")));
            assertThat(proxy.requests().get(0).target()).isEqualTo("http://intensity.invalid/latest");
        }
    }

    @Test
    void allItsThreadsAreDaemonsOfTheMeterAndEndWithIt() throws Exception {
        try (LocalServer server = LocalServer.start(request -> Reply.json("{}"))) {
            http = new OutgoingHttp(threads, "census", ProxySettings.NONE, PATIENT);
            List<Thread> before = clientThreads();
            answer(OutgoingRequest.get(server.uri("/")));
            List<Thread> started = clientThreads();
            started.removeAll(before);
            assertThat(started).isNotEmpty().allSatisfy(thread -> {
                assertThat(thread.isDaemon()).isTrue();
                assertThat(thread.getName()).startsWith("wattle-census-");
            });
            http.close();
            for (Thread thread : started) {
                thread.join(TimeUnit.SECONDS.toMillis(30));
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void closingEndsARequestInProgress() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (LocalServer server = LocalServer.start(request -> {
            asked.complete(null);
            return Reply.thenHangs("");
        })) {
            CompletableFuture<HttpReply> reply = new CompletableFuture<>();
            Thread caller =
                    threads.create("caller", () -> reply.complete(http.send(OutgoingRequest.get(server.uri("/")))));
            caller.start();
            asked.get(30, TimeUnit.SECONDS);
            http.close();
            assertThat(reply.get(15, TimeUnit.SECONDS)).isInstanceOf(Failure.class);
            assertThat(http.send(OutgoingRequest.get(server.uri("/"))))
                    .isEqualTo(new Failure(Reason.INVALID, "the run has ended"));
        }
    }

    @Test
    void isAvailableInAWholeJdk() {
        assertThat(OutgoingHttp.unavailable()).isEqualTo(Optional.empty());
    }

    private OutgoingHttp client(RequestLimits limits) {
        return new OutgoingHttp(threads, "test", ProxySettings.NONE, limits);
    }

    private Answer answer(OutgoingRequest request) {
        HttpReply reply = http.send(request);
        assertThat(reply).isInstanceOf(Answer.class);
        return (Answer) reply;
    }

    private Failure failure(OutgoingRequest request) {
        HttpReply reply = http.send(request);
        assertThat(reply).isInstanceOf(Failure.class);
        return (Failure) reply;
    }

    private static List<Thread> clientThreads() {
        return new java.util.ArrayList<>(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("wattle-.*|HttpClient.*"))
                .toList());
    }
}
