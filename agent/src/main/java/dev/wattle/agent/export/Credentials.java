/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client must know to be answered: a bearer token (RFC 6750), or a user's name and password (RFC 7617). It is in no
 * text that this class makes. Immutable.
 */
public final class Credentials {
    private static final String BEARER = "bearer:";
    private static final String BASIC = "basic:";
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
     * @throws IllegalArgumentException with a reason that repeats nothing of it
     */
    public static Credentials parse(String text) {
        if (text.startsWith(BEARER)) {
            String token = text.substring(BEARER.length());
            if (!VISIBLE.matcher(token).matches()) {
                throw new IllegalArgumentException(
                        "the token is empty, longer than 1000 characters, or not of letters, digits and signs of ASCII");
            }
            return new Credentials(true, token);
        }
        if (text.startsWith(BASIC)) {
            String pair = text.substring(BASIC.length());
            if (!USER_AND_PASSWORD.matcher(pair).matches()) {
                throw new IllegalArgumentException("there is no user's name, no password, or one is too long");
            }
            return new Credentials(false, pair);
        }
        throw new IllegalArgumentException("it begins neither with bearer: nor with basic:");
    }

    /** @throws HttpError where the request does not show them */
    void check(HttpRequest request) throws HttpError {
        if (!request.single("authorization").map(this::isRight).orElse(false)) {
            throw new HttpError(401, "This endpoint asks for credentials; http-auth says which.");
        }
    }

    /** What a client is asked for. */
    String challenge() {
        return isBearer ? "Bearer realm=\"wattle\"" : "Basic realm=\"wattle\", charset=\"UTF-8\"";
    }

    private boolean isRight(String authorization) {
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space);
        if (!scheme.equalsIgnoreCase(isBearer ? "Bearer" : "Basic")) {
            return false;
        }
        String shown = authorization.substring(space + 1).strip();
        return isBearer
                ? isSecret(shown.getBytes(StandardCharsets.ISO_8859_1))
                : decoded(shown).map(this::isSecret).orElse(false);
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Takes a time that depends on what was shown and not on how much of it is right. */
    private boolean isSecret(byte[] shown) {
        int difference = shown.length ^ secret.length;
        for (int i = 0; i < shown.length; i++) {
            difference |= shown[i] ^ secret[i % secret.length];
        }
        return difference == 0;
    }

    @Override
    public String toString() {
        return isBearer ? "a bearer token" : "a user's name and password";
    }
}
