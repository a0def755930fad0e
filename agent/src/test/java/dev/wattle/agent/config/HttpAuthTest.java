/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.export.EndpointConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad credentials close the endpoint, and no message contains them. */
class HttpAuthTest {
    private static final String SECRET = "sesame";

    @TempDir
    private Path directory;

    @Test
    void requiresNoCredentialsByDefault() {
        assertThat(Configured.by("").config.http())
                .get()
                .matches(http -> http.credentials().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer:sesame", "basic:ada:sesame", "basic:ada:ses:ame", "bearer:c2VzYW1l=="})
    void takesCredentialsFromTheEnvironment(String credentials) {
        assertRequired(Configured.by("", Map.of(), Map.of("WATTLE_HTTP_AUTH", credentials)));
    }

    @Test
    void takesCredentialsFromTheFileWithTheOtherKeys() throws IOException {
        assertRequired(Configured.by("config=" + file("http-auth=bearer:" + SECRET + "\nhttp=0\n")));
    }

    @Test
    void takesCredentialsFromASeparateFile() throws IOException {
        assertRequired(Configured.by("http-auth-file=" + file("basic:ada:" + SECRET + "\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sesame", "bearer:", "bearer:two sesame", "basic:sesame", "basic::sesame", "basic:ada:", ""})
    void opensNoEndpointForInvalidCredentials(String credentials) {
        Configured configured = Configured.by("", Map.of(), Map.of("WATTLE_HTTP_AUTH", credentials));

        assertThat(configured.config.http()).isEmpty();
        assertThat(configured.warnings)
                .singleElement()
                .asString()
                .startsWith("http-auth (from environment variable WATTLE_HTTP_AUTH) cannot be used: ")
                .endsWith("; allowed: " + ConfigKey.HTTP_AUTH.allowed() + "; used instead: no live endpoint")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-auth=bearer:sesame", "http-auth=bearer:x,sesame=,sesame", "zone=FR,http-auth=sesame"})
    void refusesCredentialsInTheArgumentsAndOpensNoEndpoint(String arguments) {
        assertRefused(Configured.by(arguments), "the arguments");
    }

    @Test
    void refusesCredentialsInASystemPropertyAndOpensNoEndpoint() {
        assertRefused(
                Configured.by("", Map.of("wattle.http-auth", "bearer:" + SECRET), Map.of()),
                "system property wattle.http-auth");
    }

    @Test
    void takesCredentialsFromTheEnvironmentWhereOthersWereRefused() {
        Configured configured =
                Configured.by("http-auth=bearer:x", Map.of(), Map.of("WATTLE_HTTP_AUTH", "bearer:" + SECRET));

        assertThat(configured.config.http())
                .get()
                .matches(http -> http.credentials().isPresent());
        assertThat(configured.warnings).singleElement().asString().startsWith("http-auth in the arguments is refused");
    }

    @Test
    void opensNoEndpointWhereTheFileIsMissing() {
        Configured configured = Configured.by("http-auth-file=/no/such/file");

        assertThat(configured.config.http()).isEmpty();
        assertThat(configured.warnings)
                .containsExactly(
                        "http-auth-file=/no/such/file (from the arguments) cannot be used: no such file; allowed: "
                                + ConfigKey.HTTP_AUTH_FILE.allowed() + "; used instead: no live endpoint");
    }

    @Test
    void opensNoEndpointWhereTheFileHoldsNoCredentials() throws IOException {
        Configured configured = Configured.by("http-auth-file=" + file(SECRET));

        assertThat(configured.config.http()).isEmpty();
        assertThat(configured.warnings).singleElement().asString().doesNotContain(SECRET);
    }

    @Test
    void takesFurtherHostNamesAndAddresses() {
        assertThat(Configured.by("http-hosts=gpu7.example.org,10.1.2.3,[fd00::7]")
                        .config
                        .http())
                .get()
                .extracting(EndpointConfig::hosts)
                .isEqualTo(Set.of("gpu7.example.org", "10.1.2.3", "fd00::7"));
        assertThat(Configured.by("http-hosts=*").config.http())
                .get()
                .extracting(EndpointConfig::hosts)
                .isEqualTo(Set.of("*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://x", "x:9474", "a b", "*.x", "1.2.3"})
    void refusesInvalidHosts(String hosts) {
        Configured configured = Configured.by("http-hosts=" + hosts);

        assertThat(configured.warnings).singleElement().asString().startsWith("http-hosts=" + hosts + " (from ");
        assertThat(configured.config).isEqualTo(Configured.by("").config);
    }

    private static void assertRequired(Configured configured) {
        assertThat(configured.warnings).isEmpty();
        assertThat(configured.config.http())
                .get()
                .matches(http -> http.credentials().isPresent());
        assertThat(configured.config.toString()).doesNotContain(SECRET);
    }

    private static void assertRefused(Configured configured, String origin) {
        assertThat(configured.config.http()).isEmpty();
        assertThat(configured.warnings)
                .hasSize(2)
                .noneMatch(line -> line.contains(SECRET))
                .anyMatch(line -> line.startsWith("http-auth in " + origin + " is refused")
                        && line.contains("http-auth-file=FILE"))
                .anyMatch(line -> line.startsWith("no live endpoint: "));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("file"), text);
    }
}
