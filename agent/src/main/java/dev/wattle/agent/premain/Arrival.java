/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.File;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was handed when it arrived in the JVM. It crosses from the host's loader to the agent's, so it holds
 * JDK types and types of this package only. Immutable.
 */
public final class Arrival {
    private final @Nullable String arguments;
    private final Instrumentation instrumentation;
    private final PrintStream err;
    private final TrainingFilter filter;
    private final File agentJar;
    private final boolean attached;
    private final long startNanos;
    private final long startEpochMillis;
    private final ExitHook exit;

    Arrival(
            @Nullable String arguments,
            Instrumentation instrumentation,
            PrintStream err,
            TrainingFilter filter,
            File agentJar,
            boolean attached,
            long startNanos,
            long startEpochMillis,
            ExitHook exit) {
        this.arguments = arguments;
        this.instrumentation = instrumentation;
        this.err = err;
        this.filter = filter;
        this.agentJar = agentJar;
        this.attached = attached;
        this.startNanos = startNanos;
        this.startEpochMillis = startEpochMillis;
        this.exit = exit;
    }

    /** What stood after {@code wattle-agent.jar=}, or null. */
    public @Nullable String arguments() {
        return arguments;
    }

    public Instrumentation instrumentation() {
        return instrumentation;
    }

    /** Standard error as it was on arrival; a host that replaces System.err later keeps its own clean. */
    public PrintStream err() {
        return err;
    }

    public TrainingFilter filter() {
        return filter;
    }

    public File agentJar() {
        return agentJar;
    }

    /** Whether the agent came into a running JVM rather than with its start. */
    public boolean attached() {
        return attached;
    }

    /** System.nanoTime() on arrival. */
    public long startNanos() {
        return startNanos;
    }

    /** System.currentTimeMillis() on arrival. */
    public long startEpochMillis() {
        return startEpochMillis;
    }

    /** Has the action run when the JVM ends; it replaces the one before. */
    public void atExit(Runnable action) {
        exit.use(action);
    }
}
