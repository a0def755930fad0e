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
 * The one class that needs the module jdk.attach. Where the tool's own Java runtime lacks it, the first use of this class
 * is a NoClassDefFoundError.
 */
final class AttachApi {
    static final String ABSENT = "this Java runtime lacks the module jdk.attach; call the tool with the java of a JDK";

    /** What the JDK's agent library answers where it finds no jar, or no agent in it. */
    private static final int NO_AGENT_JAR = 100;

    private AttachApi() {}

    /** The JVMs that this user may attach to; their numbers and programs only. */
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
                List.of());
    }

    /**
     * Has the JVM load the agent once more and call it with the argument.
     *
     * @param deadline in System.nanoTime(); a JVM that says nothing until then, or speaks without end, is left alone
     * @return why that was refused and what allows it; empty where it was not
     */
    static Optional<String> load(long pid, String jar, String argument, long deadline) throws InterruptedException {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                answer.complete(load(pid, jar, argument));
            } catch (Throwable t) {
                answer.complete(Optional.of("it could not be spoken to (" + t + ")"));
            }
        });
        caller.setDaemon(true);
        caller.start();
        try {
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            return Optional.of("it took the call and does not answer. It may still do what it was asked; its standard"
                    + " error and 'list' tell");
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
                    + " -XX:+DisableAttachMechanism never does; without that flag it does");
        } catch (AgentInitializationException e) {
            return Optional.of(
                    e.returnValue() == NO_AGENT_JAR
                            ? "it cannot read " + jar + "; put the jar where that JVM's user can read it"
                            : "its agent library answered " + e.getMessage());
        } catch (AgentLoadException e) {
            return Optional.of(explain(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return Optional.of("it could not be spoken to (" + e.getMessage() + ")");
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
