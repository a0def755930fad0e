/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.counters.Baseline;
import java.io.File;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM passed to the agent, and what the agent found on arrival. It crosses from the host's loader to the agent's,
 * so it holds only JDK types and types of this package. Immutable, except for the lifecycle it refers to.
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
    private final AttachResponse response;
    private final Baseline baseline;
    private final RunLifecycle lifecycle = new RunLifecycle();
    private final ExitHook exitHook;

    AgentContext(
            @Nullable String arguments,
            Instrumentation instrumentation,
            PrintStream err,
            TrainingFilter filter,
            File agentJar,
            boolean attached,
            long startNanos,
            long startEpochMillis,
            AttachResponse response,
            Baseline baseline) {
        this.arguments = arguments;
        this.instrumentation = instrumentation;
        this.err = err;
        this.filter = filter;
        this.agentJar = agentJar;
        this.attached = attached;
        this.startNanos = startNanos;
        this.startEpochMillis = startEpochMillis;
        this.response = response;
        this.baseline = baseline;
        this.exitHook = new ExitHook(lifecycle, err);
        exitHook.setBaseline(baseline, startNanos);
    }

    /** Registers the exit hook and the class filter. */
    void register() {
        Runtime.getRuntime().addShutdownHook(exitHook);
        instrumentation.addTransformer(filter, true);
    }

    /** Unregisters the class filter and makes room in the JVM for another run. */
    void unregister(AgentSingleton singleton) {
        try {
            instrumentation.removeTransformer(filter);
        } finally {
            singleton.release(this);
        }
    }

    /** Marks the run as finished, so that nothing happens when the JVM ends. */
    void finish() {
        lifecycle.finish();
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException | SecurityException kept) {
            // The JVM is ending, or a security manager forbids it: the hook stays and does nothing.
        }
    }

    ExitHook exitHook() {
        return exitHook;
    }

    RunLifecycle lifecycle() {
        return lifecycle;
    }

    /** The text after {@code wattle-agent.jar=}, or null. */
    public @Nullable String arguments() {
        return arguments;
    }

    public Instrumentation instrumentation() {
        return instrumentation;
    }

    /** The standard error of the process, not the stream that the host may have set as System.err. */
    public PrintStream err() {
        return err;
    }

    public TrainingFilter filter() {
        return filter;
    }

    public File agentJar() {
        return agentJar;
    }

    /** Whether the agent was attached to a running JVM. */
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

    /** The response to the attaching tool; reaches nobody where there is no tool. */
    public AttachResponse response() {
        return response;
    }

    /** The processors' energy counters on arrival. */
    public Baseline baseline() {
        return baseline;
    }

    /** Sets what reports the run when the JVM ends. */
    public void atExit(LastReport report) {
        lifecycle.setReport(report);
    }

    /** Whether the JVM is ending, so that nothing more needs to start. */
    public boolean isJvmEnding() {
        return lifecycle.isJvmEnding();
    }

    /** Marks the run as started: a detach can end it from now on, and a waiting tool gets the answer. */
    public void started(String answer, DetachHandler detachHandler) {
        lifecycle.started(detachHandler);
        response.done(answer);
    }
}
