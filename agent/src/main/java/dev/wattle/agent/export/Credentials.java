/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The credentials that a client must send: a bearer token (RFC 6750), or a user name and password (RFC 7617). No message
 * or text of this class contains them. Immutable.
 */
public final class Credentials {
    private static final String BEARER = "bearer:";
    private static final String BASIC = "basic:";
    private static final int MAX_FILE_BYTES = 8_192;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,1000}");
    private static final Pattern USER_AND_PASSWORD = Pattern.compile("[^:\\p{Cntrl}]{1,200}:\\P{Cntrl}{1,800}");

    private final boolean isBearer;
    private final byte[] secret;

    private Credentials(boolean isBearer, String secret) {
        this.isBearer = isBearer;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param text {@code bearer:TOKEN} or {@code basic:USER:PASSWORD}
     * @throws IllegalArgumentException with a reason that contains nothing of the text
     */
    public static Credentials parse(String text) {
        if (text.startsWith(BEARER)) {
            String token = text.substring(BEARER.length());
            if (!VISIBLE.matcher(token).matches()) {
                throw new IllegalArgumentException(
                        "the token is empty, longer than 1000 characters, or has other than visible ASCII characters");
            }
            return new Credentials(true, token);
        }
        if (text.startsWith(BASIC)) {
            String pair = text.substring(BASIC.length());
            if (!USER_AND_PASSWORD.matcher(pair).matches()) {
                throw new IllegalArgumentException("the user name or the password is empty or too long");
            }
            return new Credentials(false, pair);
        }
        throw new IllegalArgumentException("it starts neither with bearer: nor with basic:");
    }

    /**
     * Reads the credentials in a file.
     *
     * @throws IllegalArgumentException as {@link #parse}, or where the file cannot be read or is too long
     */
    public static Credentials read(Path file) {
        return parse(secretIn(file));
    }

    /**
     * The text of a file that holds a secret, without white space around it.
     *
     * @throws IllegalArgumentException where the file cannot be read or is too long, with a reason that contains nothing of it
     */
    public static String secretIn(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IllegalArgumentException("the file is too long");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** @throws HttpError where the request does not contain them */
    void check(HttpRequest request) throws HttpError {
        if (!request.single("authorization").map(this::isValid).orElse(false)) {
            throw new HttpError(401, "This endpoint requires credentials; http-auth sets them.");
        }
    }

    /** The value of {@code WWW-Authenticate} for a client that did not send them. */
    String challenge() {
        return isBearer ? "Bearer realm=\"wattle\"" : "Basic realm=\"wattle\", charset=\"UTF-8\"";
    }

    private boolean isValid(String authorization) {
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space);
        if (!scheme.equalsIgnoreCase(isBearer ? "Bearer" : "Basic")) {
            return false;
        }
        String sent = authorization.substring(space + 1).strip();
        return isBearer
                ? isSecret(sent.getBytes(StandardCharsets.ISO_8859_1))
                : decoded(sent).map(this::isSecret).orElse(false);
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Its time depends on the length of what was sent, not on how much of it is correct. */
    private boolean isSecret(byte[] sent) {
        int difference = sent.length ^ secret.length;
        for (int i = 0; i < sent.length; i++) {
            difference |= sent[i] ^ secret[i % secret.length];
        }
        return difference == 0;
    }

    @Override
    public String toString() {
        return isBearer ? "a bearer token" : "a user name and password";
    }
}
