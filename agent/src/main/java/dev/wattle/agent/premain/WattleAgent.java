/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.File;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM calls for {@code -javaagent:wattle-agent.jar} and on attach.
 *
 * <p>It checks, registers the name filter, starts the one thread {@code wattle-agent} and returns. A throw out of
 * {@code premain} ends the JVM, so everything is caught here. This class and all it touches before the thread starts
 * must not use java.nio.file (it fixes the default file system), java.util.logging (it fixes the host's LogManager),
 * lambdas (they start the invokedynamic machinery), standard output, sockets, or any wait.
 */
public final class WattleAgent {
    private static boolean entered;

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
        PrintStream err = System.err;
        try {
            if (JdkToolCheck.isTool(System.getProperty("jdk.module.main"), System.getProperty("sun.java.command"))) {
                return;
            }
            String refusal = refusal();
            if (refusal != null) {
                Notice.print(err, "not metering: " + refusal);
                return;
            }
            TrainingFilter filter = new TrainingFilter();
            File jar = OwnJar.file(OwnJar.location());
            ExitHook exit = new ExitHook(err);
            Arrival arrival = new Arrival(
                    arguments, instrumentation, err, filter, jar, attached, startNanos, startEpochMillis, exit);
            Runtime.getRuntime().addShutdownHook(exit);
            instrumentation.addTransformer(filter, true);
            Handover.start(arrival);
        } catch (Throwable t) {
            Notice.print(err, "not metering: " + t);
        }
    }

    /** A monitor and no atomic: those start the JDK's VarHandles, 5 ms that many a program never pays. */
    private static synchronized boolean enterFirst() {
        boolean first = !entered;
        entered = true;
        return first;
    }

    private static @Nullable String refusal() {
        if (!enterFirst()) {
            return "the agent is already in this JVM; this second one is ignored";
        }
        String refusal = JavaVersionCheck.refusal(System.getProperty("java.specification.version"));
        return refusal != null ? refusal : OwnJar.refusal(OwnJar.location());
    }
}
