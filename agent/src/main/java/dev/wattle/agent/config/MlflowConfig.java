/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A run of an MLflow tracking server, and the credentials for it, which no text of this class contains. Immutable.
 */
public final class MlflowConfig {
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,5000}");

    private final String server;
    private final String run;
    private final String secret;
    private final Optional<String> authorization;

    private MlflowConfig(String server, String run, String secret, Optional<String> authorization) {
        this.server = server;
        this.run = run;
        this.secret = secret;
        this.authorization = authorization;
    }

    /**
     * Reads the address of a server.
     *
     * @throws IllegalArgumentException with a reason that contains nothing of the text, which may have a password in it
     */
    static URI parseServer(String text) {
        URI uri;
        try {
            uri = new URI(text.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not an address", e);
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "only a server is supported, not a file store, a database or Databricks");
        }
        if (uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("not a host with a port and a path at most");
        }
        return uri;
    }

    /**
     * A run, with the credentials that MLflow's own clients use, in their order: user name and password, then the token.
     *
     * @param server with user name and password, if they are in the address
     * @throws IllegalArgumentException where the credentials cannot be sent; the reason contains nothing of them
     */
    static MlflowConfig of(
            URI server, String run, Optional<String> user, Optional<String> password, Optional<String> token) {
        String plain =
                server.getScheme() + "://" + server.getRawAuthority().replaceFirst("^.*@", "") + server.getRawPath();
        if (user.isPresent() && password.isPresent()) {
            return basic(plain, run, user.get() + ":" + password.get(), password.get());
        }
        if (server.getUserInfo() != null) {
            String pair = server.getUserInfo();
            return basic(plain, run, pair, pair.substring(pair.indexOf(':') + 1));
        }
        if (token.isPresent()) {
            if (!VISIBLE.matcher(token.get()).matches()) {
                throw new IllegalArgumentException("MLFLOW_TRACKING_TOKEN has other than visible ASCII characters");
            }
            return new MlflowConfig(plain, run, token.get(), Optional.of("Bearer " + token.get()));
        }
        return new MlflowConfig(plain, run, "", Optional.empty());
    }

    private static MlflowConfig basic(String server, String run, String pair, String password) {
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return new MlflowConfig(server, run, password, Optional.of("Basic " + encoded));
    }

    /** The server's address, without credentials and without a slash at the end. */
    public String server() {
        return server;
    }

    /** The run's id. */
    public String run() {
        return run;
    }

    /** The value of the header Authorization; never to be shown. */
    public Optional<String> authorization() {
        return authorization;
    }

    /** Whether a text repeats the password or token. */
    public boolean isSecretIn(String text) {
        return !secret.isEmpty() && text.contains(secret);
    }

    @Override
    public String toString() {
        return "run " + run + " at " + server;
    }
}
