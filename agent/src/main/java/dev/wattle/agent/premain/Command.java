/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import org.jspecify.annotations.Nullable;

/**
 * What the jar does as a program.
 *
 * <p>A further command is one more constant here and a public class in the inner zone with a method {@code public static
 * int run(String[] words, PrintStream out, PrintStream err)}, whose answer is the exit code.
 */
enum Command {
    ATTACH(
            "attach",
            "PID [key=value,...]",
            "meters a JVM that runs already, from now on",
            "dev.wattle.agent.attach.AttachCommand"),
    DETACH(
            "detach",
            "PID",
            "ends the metering of a JVM that runs on, and prints the summary",
            "dev.wattle.agent.attach.DetachCommand"),
    LIST("list", "", "shows the JVMs here, which are metered and which train", "dev.wattle.agent.attach.ListCommand"),
    DOCTOR(
            "doctor",
            "[--json] [key=value ...]",
            "what can be measured here, what cannot, and what helps",
            "dev.wattle.agent.cli.DoctorCommand");

    private final String word;
    private final String arguments;
    private final String purpose;
    private final String className;

    Command(String word, String arguments, String purpose, String className) {
        this.word = word;
        this.arguments = arguments;
        this.purpose = purpose;
        this.className = className;
    }

    static @Nullable Command named(String word) {
        for (Command command : values()) {
            if (command.word.equals(word)) {
                return command;
            }
        }
        return null;
    }

    String word() {
        return word;
    }

    /** What may come after its word, as usage lines show it. */
    String arguments() {
        return arguments;
    }

    String purpose() {
        return purpose;
    }

    /** Where it is carried out, in the inner zone. */
    String className() {
        return className;
    }
}
