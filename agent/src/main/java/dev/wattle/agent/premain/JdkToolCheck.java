/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import org.jspecify.annotations.Nullable;

/**
 * Recognises the JDK's own programs, which load the agent when it is set in JAVA_TOOL_OPTIONS.
 *
 * <p>The source launcher, {@code java Train.java}, starts in the compiler's module too, but runs a user's program. Its main
 * class is javac.launcher.Main up to Java 21, and SourceLauncher since Java 22.
 */
final class JdkToolCheck {
    private static final String SOURCE_LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.";

    private JdkToolCheck() {}

    /**
     * Whether this JVM runs a JDK tool.
     *
     * @param mainModule the value of jdk.module.main, or null
     * @param command the value of sun.java.command, or null
     */
    static boolean isTool(@Nullable String mainModule, @Nullable String command) {
        if (mainModule == null || !(mainModule.startsWith("jdk.") || mainModule.startsWith("java."))) {
            return false;
        }
        return command == null || !command.startsWith(SOURCE_LAUNCHER);
    }
}
