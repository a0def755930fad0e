/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
    private static final int PASSED = 200;
    private static final String LOCAL = "192.0.2.7";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:9474",
                "localhost.",
                "127.0.0.1",
                "127.0.0.1:9474",
                "127.8.9.1",
                "[::1]:9474",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "192.0.2.7:80",
                "[::ffff:192.0.2.7]",
                "gpu7",
                "GPU7:1",
                "metrics.example.org.",
                "[fd00::7]"
            })
    void letsThroughWhatIsMeantForThisMachine(String host) throws Exception {
        assertThat(status("GET / HTTP/1.1\r\nHost: " + host)).isEqualTo(PASSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evil.localhost",
                "127.0.0.1.evil.example",
                "192.0.2.8",
                "0.0.0.0",
                "127.1",
                "2130706433",
                "0177.0.0.1",
                "[::2]",
                "gpu7.evil.example",
                "example.org",
                ""
            })
    void turnsAwayWhatIsMeantForOthers(String host) throws Exception {
        assertThat(status("GET / HTTP/1.1\r\nHost: " + host)).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"local host", "localhost:x", "ada@localhost", "localhost/x", "::1", "[::1", "localhost, evil"})
    void refusesWhatIsNoHost(String host) throws Exception {
        assertThat(status("GET / HTTP/1.1\r\nHost: " + host)).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/, localhost, 200",
        "http://localhost:9474?x=1, localhost, 200",
        "HTTP://GPU7/metrics, gpu7, 200",
        "http://evil.example/, localhost, 421",
        "http://localhost/, evil.example, 421",
        "http:///, localhost, 421"
    })
    void asksTheTargetToo(String target, String host, int status) throws Exception {
        assertThat(status("GET " + target + " HTTP/1.1\r\nHost: " + host)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"'', 200", "'Host: evil.example\r\n', 421"})
    void takesAnOldClientThatNamesNobody(String field, int status) throws Exception {
        assertThat(status("GET / HTTP/1.0\r\n" + field + "A: b")).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "192.0.2.8:80"})
    void letsAllThroughWhereAllAreAllowed(String host) throws Exception {
        HttpRequest request = request("GET / HTTP/1.1\r\nHost: " + host);

        new AllowedHosts(List.of("*")).check(request, InetAddress.getByName(LOCAL));
    }

    private static int status(String lines) throws Exception {
        AllowedHosts hosts = new AllowedHosts(List.of("gpu7", "metrics.example.org", "fd00::7"));
        try {
            hosts.check(request(lines), InetAddress.getByName(LOCAL));
            return PASSED;
        } catch (HttpError refused) {
            String line = new String(refused.response().bytes(false, "close", 0), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(line.substring("HTTP/1.1 ".length()).substring(0, 3));
        }
    }

    private static HttpRequest request(String lines) throws HttpError {
        byte[] bytes = (lines + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return RequestParser.parse(bytes, RequestParser.end(bytes, bytes.length));
    }
}
