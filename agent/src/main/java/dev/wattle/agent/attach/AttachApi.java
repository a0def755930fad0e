/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The only class that needs the module jdk.attach. If the tool's Java runtime lacks it, the first use of this class throws a
 * NoClassDefFoundError.
 */
final class AttachApi {
    static final String ABSENT = "this Java runtime lacks the module jdk.attach; run the tool with the java of a JDK";

    /** The answer of the JDK's agent library if it finds no jar, or no agent in it. */
    private static final int NO_AGENT_JAR = 100;

    private AttachApi() {}

    /** The JVMs that this user may attach to; only their process ids and programs. */
    static List<JavaProcess> jvms() {
        String self = Long.toString(ProcessHandle.current().pid());
        return VirtualMachine.list().stream()
                .filter(jvm -> !jvm.id().equals(self))
                .map(AttachApi::named)
                .toList();
    }

    private static JavaProcess named(VirtualMachineDescriptor jvm) {
        String program = jvm.displayName().isEmpty()
                ? JavaProcess.UNKNOWN
                : jvm.displayName().split(" ", 2)[0];
        return new JavaProcess(
                Long.parseLong(jvm.id()),
                JavaProcess.UNKNOWN,
                program,
                JavaProcess.UNKNOWN,
                JavaProcess.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /**
     * Loads the agent into the JVM, again if it is there, and calls it with the argument.
     *
     * @param deadline by System.nanoTime(); a JVM that does not answer until then, or answers without end, is left alone
     * @return why that was refused and how to fix it; empty if it was done
     */
    static Optional<String> load(long pid, String jar, String argument, long deadline) throws InterruptedException {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                answer.complete(load(pid, jar, argument));
            } catch (Throwable t) {
                answer.complete(Optional.of("the connection to it failed (" + t + ")"));
            }
        });
        caller.setDaemon(true);
        caller.start();
        try {
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            return Optional.of("it accepted the call but does not answer. It may still carry out the request; see its"
                    + " standard error, or 'list'");
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    private static Optional<String> load(long pid, String jar, String argument) {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                jvm.loadAgent(jar, argument);
            } finally {
                jvm.detach();
            }
            return Optional.empty();
        } catch (AttachNotSupportedException e) {
            return Optional.of("it does not answer (" + e.getMessage() + "). A JVM started with"
                    + " -XX:+DisableAttachMechanism never answers; start it without that flag");
        } catch (AgentInitializationException e) {
            return Optional.of(
                    e.returnValue() == NO_AGENT_JAR
                            ? "it cannot read " + jar + "; put the jar where that JVM's user can read it"
                            : "its agent library answered " + e.getMessage());
        } catch (AgentLoadException e) {
            return Optional.of(explain(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return Optional.of("the connection to it failed (" + e.getMessage() + ")");
        }
    }

    private static String explain(String message) {
        if (message.contains("Dynamic agent loading is not enabled") || message.contains("EnableDynamicAgentLoading")) {
            return "it was started with -XX:-EnableDynamicAgentLoading; start it with -XX:+EnableDynamicAgentLoading, or"
                    + " with -javaagent";
        }
        if (message.contains("instrument")) {
            return "its Java runtime lacks the module java.instrument (" + message + ")";
        }
        return "it did not load the agent (" + message + ")";
    }
}
