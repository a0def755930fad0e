/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.counters.Baseline;
import java.io.File;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was handed when it arrived in the JVM. It crosses from the host's loader to the agent's, so it holds
 * JDK types and types of this package only. Immutable.
 */
public final class AgentContext {
    private final @Nullable String arguments;
    private final Instrumentation instrumentation;
    private final PrintStream err;
    private final TrainingFilter filter;
    private final File agentJar;
    private final boolean attached;
    private final long startNanos;
    private final long startEpochMillis;
    private final AttachResponse reply;
    private final Baseline baseline;
    private final RunLifecycle ending = new RunLifecycle();
    private final ExitHook exit;

    AgentContext(
            @Nullable String arguments,
            Instrumentation instrumentation,
            PrintStream err,
            TrainingFilter filter,
            File agentJar,
            boolean attached,
            long startNanos,
            long startEpochMillis,
            AttachResponse reply,
            Baseline baseline) {
        this.arguments = arguments;
        this.instrumentation = instrumentation;
        this.err = err;
        this.filter = filter;
        this.agentJar = agentJar;
        this.attached = attached;
        this.startNanos = startNanos;
        this.startEpochMillis = startEpochMillis;
        this.reply = reply;
        this.baseline = baseline;
        this.exit = new ExitHook(ending, err);
        exit.countsFrom(baseline, startNanos);
    }

    /** Begins to watch class loading and the JVM's end. */
    void register() {
        Runtime.getRuntime().addShutdownHook(exit);
        instrumentation.addTransformer(filter, true);
    }

    /** Watches class loading no more, and gives up the place in the JVM, so that another run may come. */
    void withdrawFrom(AgentSingleton presence) {
        try {
            instrumentation.removeTransformer(filter);
        } finally {
            presence.leave(this);
        }
    }

    /** Nothing is left to do or to tell when the JVM ends. */
    void forget() {
        ending.gone();
        try {
            Runtime.getRuntime().removeShutdownHook(exit);
        } catch (IllegalStateException | SecurityException kept) {
            // The JVM ends, or a security manager has come: it stays, and has nothing to do.
        }
    }

    ExitHook exit() {
        return exit;
    }

    RunLifecycle ending() {
        return ending;
    }

    /** What stood after {@code wattle-agent.jar=}, or null. */
    public @Nullable String arguments() {
        return arguments;
    }

    public Instrumentation instrumentation() {
        return instrumentation;
    }

    /** The standard error of the process; a host that replaces System.err keeps its own clean. */
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

    /** Tells the tool that had the agent come, where there is one. */
    public AttachResponse reply() {
        return reply;
    }

    /** What the processors' counters showed on arrival. */
    public Baseline baseline() {
        return baseline;
    }

    /** Has the run reported when the JVM ends. */
    public void atExit(LastReport report) {
        ending.use(report);
    }

    /** Whether the JVM has begun to end, so that nothing more need be started. */
    public boolean isJvmEnding() {
        return ending.isJvmEnding();
    }

    /** All is up: tells the tool that waits so, and lets a detach in. */
    public void started(String answer, DetachHandler leaving) {
        ending.started(leaving);
        reply.done(answer);
    }
}
