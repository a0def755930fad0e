/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import org.jspecify.annotations.Nullable;

/**
 * Recognises the JDK's own programs, which an agent meets when it arrives through JAVA_TOOL_OPTIONS.
 *
 * <p>The source launcher, {@code java Train.java}, is started through the compiler's module too but runs a user's
 * program: javac.launcher.Main up to Java 21, SourceLauncher from 22 on.
 */
final class JdkToolCheck {
    private static final String SOURCE_LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.";

    private JdkToolCheck() {}

    /** Takes the values of jdk.module.main and sun.java.command, both null when the launcher did not set them. */
    static boolean isTool(@Nullable String mainModule, @Nullable String command) {
        if (mainModule == null || !(mainModule.startsWith("jdk.") || mainModule.startsWith("java."))) {
            return false;
        }
        return command == null || !command.startsWith(SOURCE_LAUNCHER);
    }
}
