/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import org.jspecify.annotations.Nullable;

/** Refuses a JVM that is too old for the classes in the inner zone. */
final class JavaVersionCheck {
    static final int MIN_VERSION = 17;

    private JavaVersionCheck() {}

    /** Why this JVM cannot be metered, or null. An unreadable version passes; later steps catch what fails. */
    static @Nullable String refusal(@Nullable String specificationVersion) {
        if (specificationVersion == null) {
            return null;
        }
        int feature = feature(specificationVersion);
        return feature < MIN_VERSION
                ? "this is Java " + feature + ", and the agent needs " + MIN_VERSION + " or later"
                : null;
    }

    private static int feature(String specificationVersion) {
        // Up to Java 8 the version was written 1.8.
        String plain = specificationVersion.startsWith("1.") ? specificationVersion.substring(2) : specificationVersion;
        try {
            return Integer.parseInt(plain);
        } catch (NumberFormatException unreadable) {
            return Integer.MAX_VALUE;
        }
    }
}
