/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import java.util.List;
import java.util.stream.Stream;

/** The agent's jar as a program, on a Java installation that need not be that of the JVM it is sent to. */
public record JvmTool(JavaHome home) {

    /** Runs a command to its end. */
    public HostRun run(Object... words) {
        return HostJvm.on(home).runJava(words(words));
    }

    /** Starts a command and leaves it running. */
    public RunningHost start(Object... words) {
        return HostJvm.on(home).startJava(words(words));
    }

    /** What comes after {@code java}. */
    public static String[] words(Object... words) {
        return Stream.concat(
                        Stream.of("-jar", HostJvm.agentJar().toString()),
                        List.of(words).stream().map(Object::toString))
                .toArray(String[]::new);
    }
}
