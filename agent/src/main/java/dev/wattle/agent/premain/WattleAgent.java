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
 * What the JVM calls for {@code -javaagent:wattle-agent.jar}, on attach and on detach.
 *
 * <p>It checks, registers the name filter, starts the one thread {@code wattle-agent} and returns. A throw out of
 * {@code premain} ends the JVM, so everything is caught here. This class and all it touches before the thread starts
 * must not use java.nio.file (it fixes the default file system), java.util.logging (it fixes the host's LogManager),
 * lambdas (they start the invokedynamic machinery), standard output, sockets, or any wait.
 */
public final class WattleAgent {
    /** Where the jar is the security manager does not tell either. */
    private static final String GRANT = "; the program's security policy lets the meter in with: grant codeBase"
            + " \"file:/PATH/wattle-agent.jar\" { permission java.security.AllPermission; };";

    private WattleAgent() {}

    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        enter(arguments, instrumentation, false);
    }

    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        enter(arguments, instrumentation, true);
    }

    private static void enter(@Nullable String arguments, Instrumentation instrumentation, boolean attached) {
        long startNanos = System.nanoTime();
        long startEpochMillis = System.currentTimeMillis();
        PrintStream err = StandardStreams.err();
        AttachResponse reply = AttachResponse.toNobody();
        try {
            AttachRequest request = AttachRequest.of(arguments);
            reply = request.reply();
            if (request.isDetach()) {
                DetachTask.start(AgentSingleton.IN_THIS_JVM, reply, err);
            } else {
                arrive(request, instrumentation, attached, err, startNanos, startEpochMillis);
            }
        } catch (Throwable t) {
            refuseFor(t, reply, err);
        }
    }

    private static void arrive(
            AttachRequest request,
            Instrumentation instrumentation,
            boolean attached,
            PrintStream err,
            long startNanos,
            long startEpochMillis)
            throws Exception {
        if (JdkToolCheck.isTool(System.getProperty("jdk.module.main"), System.getProperty("sun.java.command"))) {
            request.reply().refuse("it is a tool of the JDK, which the agent leaves alone");
            return;
        }
        Baseline baseline = Baseline.of(request.arguments());
        String refusal = refusal();
        if (refusal != null) {
            refuse(request.reply(), err, refusal);
            return;
        }
        AgentContext arrival = new AgentContext(
                request.arguments(),
                instrumentation,
                err,
                new TrainingFilter(),
                AgentJar.file(),
                attached,
                startNanos,
                startEpochMillis,
                request.reply(),
                baseline);
        if (!AgentSingleton.IN_THIS_JVM.enter(arrival)) {
            refuseSecond(request.reply(), err);
            return;
        }
        try {
            arrival.register();
            AgentStarter.start(arrival);
        } catch (Throwable t) {
            arrival.withdrawFrom(AgentSingleton.IN_THIS_JVM);
            arrival.forget();
            throw t;
        }
    }

    private static @Nullable String refusal() {
        String refusal = JavaVersionCheck.refusal(System.getProperty("java.specification.version"));
        return refusal != null ? refusal : AgentJar.refusal(AgentJar.location());
    }

    private static void refuseSecond(AttachResponse reply, PrintStream err) {
        AgentContext first = AgentSingleton.IN_THIS_JVM.present();
        if (!reply.isAwaited()) {
            StderrLog.printApart(err, "not metering: the agent is already in this JVM; this second one is ignored");
        } else if (first == null) {
            reply.refuse("a run has just ended there; try again");
        } else {
            reply.refuse("it is metered already, since "
                    + Instant.ofEpochMilli(first.startEpochMillis()).truncatedTo(ChronoUnit.SECONDS)
                    + "; to meter it anew, detach it first");
        }
    }

    private static void refuseFor(Throwable reason, AttachResponse reply, PrintStream err) {
        try {
            refuse(reply, err, reason + (reason instanceof SecurityException ? GRANT : ""));
        } catch (Throwable again) {
            // Where the heap is used up there is no memory for a line either.
        }
    }

    /** Whoever asked is told: the tool where one waits, and else the program's standard error. */
    private static void refuse(AttachResponse reply, PrintStream err, String reason) {
        if (!reply.refuse("not metering: " + reason)) {
            StderrLog.printApart(err, "not metering: " + reason);
        }
    }
}
