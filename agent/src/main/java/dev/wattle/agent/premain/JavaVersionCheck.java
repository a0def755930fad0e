/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import org.jspecify.annotations.Nullable;

/** Refuses a JVM too old for the classes behind the way in. */
final class JavaVersionCheck {
    static final int OLDEST = 17;

    private JavaVersionCheck() {}

    /** The reason to stay out, or null. A version nobody can read passes: the later steps catch what fails. */
    static @Nullable String refusal(@Nullable String specificationVersion) {
        if (specificationVersion == null) {
            return null;
        }
        int feature = feature(specificationVersion);
        return feature < OLDEST ? "this is Java " + feature + ", and the agent needs " + OLDEST + " or later" : null;
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
