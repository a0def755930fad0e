/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.agent.export.Credentials;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A token or a password pair that a service asks for. Its own text, and every message about it, hides the value. Immutable. */
public final class SecretText {
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]{1,4000}");

    private final String value;

    private SecretText(String value) {
        this.value = value;
    }

    /** @throws IllegalArgumentException with a reason that contains nothing of the text */
    static SecretText parse(String text) {
        if (!VISIBLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "it is empty, longer than 4000 characters, or has other than visible ASCII characters");
        }
        return new SecretText(text);
    }

    /** @throws IllegalArgumentException as {@link #parse}, or where the file cannot be read or is too long */
    static SecretText read(Path file) {
        return parse(Credentials.secretIn(file));
    }

    /** The value, to be sent and never shown. */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
