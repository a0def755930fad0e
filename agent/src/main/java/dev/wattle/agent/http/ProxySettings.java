/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The proxies that the environment names, as curl reads them: {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and
 * {@code no_proxy}, in lower or upper case. The JVM's own settings belong to the program and are not read. Immutable.
 */
public final class ProxySettings {

    /** Every request goes out directly. */
    public static final ProxySettings NONE = new ProxySettings(Optional.empty(), Optional.empty(), List.of());

    private static final int DEFAULT_PORT = 1080;
    private static final int MAX_PORT = 65_535;

    private final Optional<Address> http;
    private final Optional<Address> https;
    private final List<String> direct;

    /** A proxy's host, without brackets, and port. */
    record Address(String host, int port) {}

    private ProxySettings(Optional<Address> http, Optional<Address> https, List<String> direct) {
        this.http = http;
        this.https = https;
        this.direct = List.copyOf(direct);
    }

    /**
     * Reads the environment.
     *
     * @param warn takes a line for a variable that cannot be used; the line has no user name and no password
     */
    public static ProxySettings of(Map<String, String> environment, Consumer<String> warn) {
        List<String> direct = new ArrayList<>();
        for (String host : variable(environment, "no_proxy").orElse("").split(",", -1)) {
            if (!host.isBlank()) {
                direct.add(host.strip().toLowerCase(Locale.ROOT));
            }
        }
        return new ProxySettings(
                proxy(environment, "http_proxy", warn), proxy(environment, "https_proxy", warn), direct);
    }

    /** The proxy for an address; empty for a direct connection, which addresses of this machine always have. */
    Optional<Address> proxyFor(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        return isDirect(host) ? Optional.empty() : "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
    }

    private boolean isDirect(String host) {
        if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
            return true;
        }
        for (String entry : direct) {
            String suffix = entry.startsWith(".") ? entry : "." + entry;
            if (entry.equals("*") || host.equals(suffix.substring(1)) || host.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Address> proxy(Map<String, String> environment, String name, Consumer<String> warn) {
        for (String candidate : List.of(name, "all_proxy")) {
            Optional<String> text = variable(environment, candidate);
            if (text.isPresent()) {
                return parse(text.get(), candidate, warn);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        String lower = environment.getOrDefault(name, "");
        String value = lower.isBlank() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
        return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    private static Optional<Address> parse(String text, String name, Consumer<String> warn) {
        URI uri;
        try {
            uri = new URI(text.contains("://") ? text : "http://" + text);
        } catch (URISyntaxException e) {
            warn.accept(name + " cannot be used: it is not http://HOST:PORT; requests go out directly");
            return Optional.empty();
        }
        String host = uri.getHost();
        if (host == null || !"http".equalsIgnoreCase(uri.getScheme()) || uri.getPort() > MAX_PORT) {
            warn.accept(name + " cannot be used: it is not http://HOST:PORT; requests go out directly");
            return Optional.empty();
        }
        if (uri.getUserInfo() != null) {
            warn.accept(name + " has a user name, which is not sent: proxies that ask for one cannot be used");
        }
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return Optional.of(new Address(plain, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()));
    }
}
