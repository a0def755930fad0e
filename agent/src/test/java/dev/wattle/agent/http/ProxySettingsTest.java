/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {
    private static final URI SERVICE = URI.create("https://api.example.org/v3");

    private final List<String> warnings = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "https_proxy, http://proxy:3128, proxy, 3128",
        "HTTPS_PROXY, http://proxy:3128/, proxy, 3128",
        "HTTPS_PROXY, proxy:3128, proxy, 3128",
        "all_proxy, http://proxy, proxy, 1080",
        "https_proxy, http://[::1]:3128, ::1, 3128",
    })
    void readsTheVariablesThatCurlReads(String name, String value, String host, int port) {
        assertThat(of(Map.of(name, value)).proxyFor(SERVICE)).contains(new ProxySettings.Address(host, port));
        assertThat(warnings).isEmpty();
    }

    @Test
    void lowerCaseComesFirstAndEachSchemeHasItsOwn() {
        ProxySettings settings =
                of(Map.of("https_proxy", "a:1", "HTTPS_PROXY", "b:2", "http_proxy", "c:3", "ALL_PROXY", "d:4"));
        assertThat(settings.proxyFor(SERVICE)).contains(new ProxySettings.Address("a", 1));
        assertThat(settings.proxyFor(URI.create("http://api.example.org/")))
                .contains(new ProxySettings.Address("c", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "example.org", ".example.org", "a.b, api.example.org", "API.example.org"})
    void noProxyNamesHostsThatAreReachedDirectly(String value) {
        assertThat(of(Map.of("https_proxy", "a:1", "no_proxy", value)).proxyFor(SERVICE))
                .isEmpty();
    }

    @Test
    void aNameThatOnlyEndsAlikeIsNotExcluded() {
        assertThat(of(Map.of("https_proxy", "a:1", "no_proxy", "ample.org")).proxyFor(SERVICE))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/", "http://127.0.0.1:8080/", "http://[::1]:8080/"})
    void thisMachineIsReachedDirectly(String uri) {
        assertThat(of(Map.of("http_proxy", "a:1")).proxyFor(URI.create(uri))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://u:secret@p:1", "http://a b:1", "https://p:1", "http://", "http://p:70000"})
    void anotherProxyIsOneWarningWithoutItsPassword(String value) {
        assertThat(of(Map.of("https_proxy", value)).proxyFor(SERVICE)).isEqualTo(Optional.empty());
        assertThat(warnings)
                .containsExactly("https_proxy cannot be used: it is not http://HOST:PORT; requests go out directly");
    }

    @Test
    void aUserNameIsNotSent() {
        assertThat(of(Map.of("https_proxy", "http://me:secret@p:1")).proxyFor(SERVICE))
                .contains(new ProxySettings.Address("p", 1));
        assertThat(warnings).singleElement().asString().contains("user name").doesNotContain("secret");
    }

    private ProxySettings of(Map<String, String> environment) {
        return ProxySettings.of(environment, warnings::add);
    }
}
