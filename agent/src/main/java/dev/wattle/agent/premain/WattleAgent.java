/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.counters.Baseline;
import dev.wattle.agent.premain.loader.AgentJar;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The entry class: the JVM calls it for {@code -javaagent:wattle-agent.jar}, on attach and on detach.
 *
 * <p>It makes the checks, registers the class filter, starts the thread {@code wattle-agent} and returns. An exception out
 * of {@code premain} ends the JVM, so everything is caught here. This class, and all it uses before the thread starts, must
 * not use java.nio.file (fixes the default file system), java.util.logging (fixes the host's LogManager), lambdas
 * (initialise invokedynamic), standard output or sockets, and must not wait.
 */
public final class WattleAgent {
    /** The path is a placeholder, because the security manager hides the jar's location too. */
    private static final String GRANT = "; to allow the meter, add to the program's security policy: grant codeBase"
            + " \"file:/PATH/wattle-agent.jar\" { permission java.security.AllPermission; };";

    private WattleAgent() {}

    /** Called by the JVM for {@code -javaagent}. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        enter(arguments, instrumentation, false);
    }

    /** Called by the JVM when a tool attaches. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        enter(arguments, instrumentation, true);
    }

    private static void enter(@Nullable String arguments, Instrumentation instrumentation, boolean attached) {
        long startNanos = System.nanoTime();
        long startEpochMillis = System.currentTimeMillis();
        PrintStream err = StandardStreams.err();
        AttachResponse response = AttachResponse.none();
        try {
            AttachRequest request = AttachRequest.of(arguments);
            response = request.response();
            if (request.isDetach()) {
                DetachTask.start(AgentSingleton.INSTANCE, response, err);
            } else {
                start(request, instrumentation, attached, err, startNanos, startEpochMillis);
            }
        } catch (Throwable t) {
            refuse(t, response, err);
        }
    }

    private static void start(
            AttachRequest request,
            Instrumentation instrumentation,
            boolean attached,
            PrintStream err,
            long startNanos,
            long startEpochMillis)
            throws Exception {
        if (JdkToolCheck.isTool(System.getProperty("jdk.module.main"), System.getProperty("sun.java.command"))) {
            request.response().refuse("it is a JDK tool, which the agent does not meter");
            return;
        }
        Baseline baseline = Baseline.of(request.arguments());
        String refusal = refusal();
        if (refusal != null) {
            refuse(request.response(), err, refusal);
            return;
        }
        AgentContext context = new AgentContext(
                request.arguments(),
                instrumentation,
                err,
                new TrainingFilter(),
                AgentJar.file(),
                attached,
                startNanos,
                startEpochMillis,
                request.response(),
                baseline);
        if (!AgentSingleton.INSTANCE.claim(context)) {
            refuseSecond(request.response(), err);
            return;
        }
        try {
            context.register();
            AgentStarter.start(context);
        } catch (Throwable t) {
            context.unregister(AgentSingleton.INSTANCE);
            context.finish();
            throw t;
        }
    }

    private static @Nullable String refusal() {
        String refusal = JavaVersionCheck.refusal(System.getProperty("java.specification.version"));
        return refusal != null ? refusal : AgentJar.refusal(AgentJar.location());
    }

    private static void refuseSecond(AttachResponse response, PrintStream err) {
        AgentContext first = AgentSingleton.INSTANCE.current();
        if (!response.isAwaited()) {
            StderrLog.printBounded(err, "not metering: the agent is already in this JVM; this second one is ignored");
        } else if (first == null) {
            response.refuse("a run has just ended in it; try again");
        } else {
            response.refuse("it is already metered, since "
                    + Instant.ofEpochMilli(first.startEpochMillis()).truncatedTo(ChronoUnit.SECONDS)
                    + "; to start a new run, detach it first");
        }
    }

    private static void refuse(Throwable reason, AttachResponse response, PrintStream err) {
        try {
            refuse(response, err, reason + (reason instanceof SecurityException ? GRANT : ""));
        } catch (Throwable again) {
            // The heap may be full, and then there is no memory for a line.
        }
    }

    /** Reports to the tool that waits, or on standard error. */
    private static void refuse(AttachResponse response, PrintStream err, String reason) {
        if (!response.refuse("not metering: " + reason)) {
            StderrLog.printBounded(err, "not metering: " + reason);
        }
    }
}
