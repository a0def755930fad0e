/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as sockets see it. Deadlines that a test does not wait for are too long to matter. */
class HttpServerTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final HttpLimits PATIENT = new HttpLimits(8, 1_000, NEVER, NEVER, NEVER, NEVER, NEVER, 1 << 20);
    private static final int LARGE = 16 << 20;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private volatile String last = "it has ended";
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void answersAndKeepsTheConnection() throws IOException {
        RawClient client = connect(serve(PATIENT));

        assertThat(client.send(get("/one")).answer())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nDate: ", "\r\nConnection: keep-alive\r\n")
                .endsWith("\r\n\r\nGET /one\n");
        assertThat(client.send(get("/two")).answer()).endsWith("GET /two\n");
    }

    @Test
    void answersRequestsThatWereSentAheadInTheirOrder() throws IOException {
        RawClient client = connect(serve(PATIENT));

        client.send(get("/1") + get("/2") + get("/3") + "GET /4 HT");

        assertThat(client.answer()).endsWith("GET /1\n");
        assertThat(client.answer()).endsWith("GET /2\n");
        assertThat(client.answer()).endsWith("GET /3\n");
        client.send("TP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(client.answer()).endsWith("GET /4\n");
    }

    @Test
    void answersEachOfMoreRequestsSentAheadThanAHeadMayBeLong() throws IOException {
        RawClient client = connect(serve(PATIENT));
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            all.append(get("/" + i));
        }

        client.send(all.toString());

        for (int i = 0; i < 300; i++) {
            assertThat(client.answer()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("GET /" + i + "\n");
        }
    }

    @Test
    void answersARequestThatComesByteByByte() throws IOException {
        RawClient client = connect(serve(PATIENT));

        for (char c : get("/slowly").toCharArray()) {
            client.send(String.valueOf(c));
        }

        assertThat(client.answer()).endsWith("GET /slowly\n");
    }

    @Test
    void takesLinesThatAPersonTyped() throws IOException {
        assertThat(connect(serve(PATIENT))
                        .send("\n\nGET / HTTP/1.1\nHost: localhost\n\n")
                        .answer())
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: foo, Close\r\n\r\n",
            })
    void closesWhereTheClientDoesNotKeepTheConnection(String request) throws IOException {
        assertThat(connect(serve(PATIENT)).send(request).untilClosed())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nConnection: close\r\n")
                .endsWith("GET /\n");
    }

    @Test
    void keepsTheConnectionOfAnOldClientThatAsksForIt() throws IOException {
        String request = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
        RawClient client = connect(serve(PATIENT));

        assertThat(client.send(request).answer()).contains("\r\nConnection: keep-alive\r\n");
        assertThat(client.send(request).answer()).endsWith("GET /\n");
    }

    @Test
    void sendsNoBodyToHead() throws IOException {
        String answer = connect(serve(PATIENT))
                .send("HEAD /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n")
                .untilClosed();

        assertThat(answer).contains("Content-Length: 14\r\n").endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|GET /",
                "400|GET  / HTTP/1.1",
                "400|GET / HTTP/1.1 x",
                "400|GET / http/1.1",
                "400|G(T / HTTP/1.1",
                "400|GET relative HTTP/1.1",
                "400|GET /#part HTTP/1.1",
                "400|GET /%zz HTTP/1.1",
                "400|GET /%4 HTTP/1.1",
                "400|GET ftp://localhost/ HTTP/1.1",
                "505|PRI * HTTP/2.0",
                "505|GET / HTTP/0.9",
                "400|GET / HTTP/1.1\\r\\nHost : localhost",
                "400|GET / HTTP/1.1\\r\\nHost: localhost\\r\\n folded: x",
                "400|GET / HTTP/1.1\\r\\nHost: localhost\\r\\nno colon",
                "400|GET / HTTP/1.1\\r\\nHost: localhost\\r\\n: no name",
                "400|GET / HTTP/1.1\\r\\nHost: localhost\\r\\nX: a\\x00b",
                "400|GET / HTTP/1.1\\r\\nHost: localhost\\r\\nX: a\\rb",
                "400|GET / HTTP/1.1\\r\\nAccept: */*",
                "400|GET / HTTP/1.1\\r\\nHost: localhost\\r\\nHost: localhost",
                "400|GET / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: -1",
                "400|GET / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 1\\r\\nContent-Length: 2",
                "400|GET / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 1, 1",
                "400|GET / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 5\\r\\nTransfer-Encoding: chunked",
                "400|GET / HTTP/1.0\\r\\nTransfer-Encoding: chunked",
                "501|GET / HTTP/1.1\\r\\nHost: localhost\\r\\nTransfer-Encoding: gzip",
            })
    void refusesWhatIsNoRequestAndCloses(int status, String lines) throws IOException {
        String request = lines.replace("\\r\\n", "\r\n").replace("\\r", "\r").replace("\\x00", "\0");

        assertThat(connect(serve(PATIENT)).send(request + "\r\n\r\n").untilClosed())
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\r\nConnection: close\r\n");
    }

    @ParameterizedTest
    @CsvSource({"431, 'X: '", "414, ''"})
    void refusesAHeadThatIsTooLong(int status, String begin) throws IOException {
        String first = begin.isEmpty() ? "GET /" : "GET / HTTP/1.1\r\n" + begin;

        assertThat(connect(serve(PATIENT)).send(first + "x".repeat(2_000)).untilClosed())
                .startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void refusesMoreHeaderLinesThanAnybodyNeeds() throws IOException {
        assertThat(connect(serve(HttpLimits.DEFAULT))
                        .send("GET / HTTP/1.1\r\nHost: localhost\r\n" + "a: b\r\n".repeat(200) + "\r\n")
                        .untilClosed())
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void takesAHeadAsLongAsMayBe() throws IOException {
        String start = "GET / HTTP/1.1\r\nHost: localhost\r\nX: ";
        String rest = "x".repeat(1_000 - start.length() - 4) + "\r\n\r\n";

        assertThat(connect(serve(PATIENT)).send(start + rest).answer()).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\n\r\nhello",
                "Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Content-Length: 5\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void answersARequestWithABodyAndTakesNothingBehindItForAnother(String rest) throws IOException {
        String all = connect(serve(PATIENT))
                .send("POST / HTTP/1.1\r\nHost: localhost\r\n" + rest)
                .untilClosed();

        assertThat(all).endsWith("POST / with a body\n").containsOnlyOnce("HTTP/1.1 ");
    }

    @Test
    void answersAllOthersWhileMoreClientsDawdleThanMayConnect() throws IOException {
        HttpServer server = serve(PATIENT);
        for (int i = 0; i < 3 * PATIENT.connections(); i++) {
            connect(server).send("GET / HTTP/1.1\r\nHo");
        }

        assertThat(connect(server).send(get("/")).answer()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void closesTheConnectionThatHasBeenIdleLongestForOneMoreThanMayBe() throws IOException {
        HttpServer server = serve(PATIENT);
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < PATIENT.connections(); i++) {
            clients.add(connect(server));
            clients.get(i).send(get("/")).answer();
        }
        clients.get(0).send(get("/")).answer();

        connect(server).send(get("/")).answer();

        assertThat(clients.get(1).untilClosed()).isEmpty();
        assertThat(clients.get(0).send(get("/")).answer()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void givesUpAClientWhoseRequestDoesNotArrive() throws IOException {
        HttpServer server = serve(new HttpLimits(8, 1_000, SOON, NEVER, NEVER, NEVER, NEVER, 1 << 20));

        assertThat(connect(server).untilClosed()).isEmpty();
        assertThat(connect(server).send("GET / HTTP/1.1\r\nHo").untilClosed()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void closesAConnectionThatIsNotUsed() throws IOException {
        HttpServer server = serve(new HttpLimits(8, 1_000, NEVER, SOON, NEVER, NEVER, NEVER, 1 << 20));
        RawClient client = connect(server).send(get("/"));

        assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
        assertThat(client.untilClosed()).isEmpty();
    }

    @Test
    void cutsOffAClientThatDoesNotReadItsAnswer() throws IOException {
        HttpServer server = serve(new HttpLimits(8, 1_000, NEVER, NEVER, SOON, NEVER, SOON, 1 << 30));
        RawClient client = new RawClient(server.address(), 4_096);
        open.add(client);
        client.send(get("/large"));

        client.awaitReset();

        assertThat(client.untilClosed().length()).isLessThan(LARGE);
    }

    @Test
    void holdsNoMoreAnswersInMemoryThanMayBe() throws IOException {
        HttpServer server = serve(new HttpLimits(8, 1_000, NEVER, NEVER, NEVER, NEVER, NEVER, LARGE + (LARGE / 2)));
        RawClient first = new RawClient(server.address(), 4_096);
        open.add(first);
        first.send(get("/large"));
        RawClient second = new RawClient(server.address(), 4_096);
        open.add(second);
        second.send(get("/large"));

        assertThat(second.answer()).endsWith("x\n");
        assertThat(first.untilClosed().length()).isLessThan(LARGE);
    }

    @Test
    void answersThoseThatWaitForTheEndWhenItComes() throws IOException {
        HttpServer server = serve(PATIENT);
        RawClient waiting = connect(server).send(get("/end"));
        RawClient another = connect(server).send(get("/end"));
        assertThat(connect(server).send(get("/")).answer()).startsWith("HTTP/1.1 200 ");

        server.stop();

        assertThat(waiting.untilClosed())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nConnection: close\r\n")
                .endsWith("\r\n\r\nit has ended\n");
        assertThat(another.untilClosed()).endsWith("\r\n\r\nit has ended\n");
    }

    @Test
    void reportsToAClientThatWaitsLongThatTheEndHasNotCome() throws IOException {
        HttpServer server = serve(new HttpLimits(8, 1_000, NEVER, NEVER, NEVER, SOON, NEVER, 1 << 20));
        RawClient client = connect(server).send(get("/end") + get("/next"));

        assertThat(client.head()).startsWith("HTTP/1.1 204 No Content\r\n").doesNotContain("Content-Length");
        assertThat(client.answer()).endsWith("GET /next\n");
    }

    @Test
    void doesNotWaitForAClientThatDoesNotReadTheEnd() throws IOException {
        HttpServer server = serve(PATIENT);
        RawClient deaf = new RawClient(server.address(), 4_096);
        open.add(deaf);
        deaf.send(get("/end?large"));
        last = "x".repeat(LARGE);
        assertThat(connect(server).send(get("/")).answer()).startsWith("HTTP/1.1 200 ");

        server.stop();
        deaf.awaitReset();

        assertThat(deaf.untilClosed().length()).isLessThan(LARGE);
    }

    @Test
    void sendsALargeAnswerWhole() throws IOException {
        assertThat(connect(serve(PATIENT)).send(get("/large")).answer()).hasSizeGreaterThan(LARGE);
    }

    @Test
    void continuesWhereAResponseCannotBeMade() throws IOException {
        HttpServer server = serve(PATIENT);

        assertThat(connect(server).send(get("/broken")).untilClosed()).isEmpty();
        assertThat(connect(server).send(get("/")).answer()).startsWith("HTTP/1.1 200 ");
        assertThat(log).singleElement().asString().contains("could not answer", "broken on purpose");
    }

    @Test
    void continuesWhereAClientEndsDuringAResponse() throws IOException {
        HttpServer server = serve(PATIENT);
        connect(server).send("GET /la").close();
        connect(server).send(get("/large")).close();

        assertThat(connect(server).send(get("/")).answer()).startsWith("HTTP/1.1 200 ");
        assertThat(log).isEmpty();
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private RawClient connect(HttpServer server) throws IOException {
        RawClient client = new RawClient(server.address());
        open.add(client);
        return client;
    }

    private HttpServer serve(HttpLimits limits) throws IOException {
        HttpRequest.Handler handler = new HttpRequest.Handler() {
            @Override
            public HttpResponse answer(HttpRequest request, InetAddress local) {
                return switch (request.path()) {
                    case "/large" -> HttpResponse.text(200, "x".repeat(LARGE));
                    case "/broken" -> throw new IllegalStateException("broken on purpose");
                    case "/end" -> HttpResponse.AT_THE_END;
                    default ->
                        HttpResponse.text(
                                200,
                                request.method() + " " + request.path() + (request.hasBody() ? " with a body" : ""));
                };
            }

            @Override
            public Optional<HttpResponse> atTheEnd() {
                return Optional.of(HttpResponse.text(200, last));
            }
        };
        HttpServer server = HttpServer.bind(
                SelectorProvider.provider(), new InetSocketAddress("127.0.0.1", 0), limits, handler, log::add);
        Thread thread = new Thread(server, "test-http");
        thread.start();
        open.add(() -> {
            server.stop();
            thread.join();
        });
        return server;
    }
}
