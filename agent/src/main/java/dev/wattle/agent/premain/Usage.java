/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import org.jspecify.annotations.Nullable;

/** The main class of the jar, a program of its own: says what the jar is and how to use it. */
public final class Usage {
    private Usage() {}

    public static void main(String[] args) {
        System.out.println(text(Usage.class.getPackage().getImplementationVersion()));
    }

    static String text(@Nullable String version) {
        return "Wattle " + (version == null ? "(unknown version)" : version)
                + ", an energy meter that lives inside a training JVM.\n"
                + "\n"
                + "  java -javaagent:wattle-agent.jar[=key=value,...] ... your.TrainingJob\n"
                + "\n"
                + "It needs Java " + JavaVersionCheck.OLDEST + " or later and changes nothing in your program.";
    }
}
