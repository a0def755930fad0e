/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks that it is safe to attach to a process, without touching it.
 *
 * <p>Attaching to HotSpot sends a SIGQUIT. That ends a process that has no handler for it, and a JVM that forbids attaching
 * writes a thread dump to its standard output. Neither may happen.
 */
final class AttachCheck {
    private static final int SIGQUIT = 3;
    private static final long ROOT = 0;
    private static final String RUN = "wattle-agent";
    private static final String FORBIDDEN = "-XX:+DisableAttachMechanism";
    private static final String ALLOWED = "-XX:-DisableAttachMechanism";

    private final Path procRoot;
    private final Path temporary;

    /**
     * Sets where to look.
     *
     * @param procRoot {@code /proc}
     * @param temporary {@code /tmp}, where HotSpot keeps its files
     */
    AttachCheck(Path procRoot, Path temporary) {
        this.procRoot = procRoot;
        this.temporary = temporary;
    }

    /** Why not to attach, and how to fix that; empty if attaching is safe. */
    Optional<String> refusal(long pid) {
        if (pid == ProcessHandle.current().pid()) {
            return Optional.of("it is this tool itself");
        }
        if (!Files.isDirectory(procRoot.resolve("self"))) {
            // Not Linux. The JDK does not list a process that is no JVM.
            return AttachApi.jvms().stream().anyMatch(jvm -> jvm.pid() == pid)
                    ? Optional.empty()
                    : Optional.of("it is no JVM that this user may attach to");
        }
        LinuxProcess process = new LinuxProcess(procRoot, pid);
        return Stream.of(ofProcess(process), ofUser(process), ofContainer(process), ofJvm(process))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Why there is nothing to detach; empty if it is metered, if metering is starting, or if that is unknown. */
    Optional<String> unmetered(long pid) {
        return new LinuxProcess(procRoot, pid)
                .threadNames()
                .filter(names -> !names.contains(RUN))
                .map(names -> "it is not metered");
    }

    private static Optional<String> ofProcess(LinuxProcess process) {
        if (!process.exists()) {
            return Optional.of("there is no such process; 'list' shows the JVMs that are visible here. JVMs in other"
                    + " containers have other process ids there");
        }
        String state = process.state().orElse("");
        if (state.equals("Z")) {
            return Optional.of("it has ended");
        }
        if (state.equals("T") || state.equals("t")) {
            return Optional.of("it is stopped; continue it first: kill -CONT " + process.pid());
        }
        return Optional.empty();
    }

    private Optional<String> ofUser(LinuxProcess process) {
        Optional<Long> own = LinuxProcess.self(procRoot).effectiveUser();
        Optional<Long> its = process.effectiveUser();
        if (own.isEmpty() || its.isEmpty() || own.get() == ROOT || own.equals(its)) {
            return Optional.empty();
        }
        return Optional.of("it belongs to another user, number " + its.get() + "; run the tool as that user: sudo -u '#"
                + its.get() + "' java -jar wattle-agent.jar ...");
    }

    private Optional<String> ofContainer(LinuxProcess process) {
        Optional<String> own = LinuxProcess.self(procRoot).mountNamespace();
        Optional<String> its = process.mountNamespace();
        if (own.isEmpty() || its.isEmpty() || own.equals(its)) {
            return Optional.empty();
        }
        return Optional.of("it runs in another container, or sees another file system, and is process "
                + process.innerPid() + " there. Run the tool there, with that number: docker exec CONTAINER java"
                + " -jar wattle-agent.jar ..., or nsenter --target " + process.pid() + " --mount --pid java -jar ...");
    }

    private Optional<String> ofJvm(LinuxProcess process) {
        if (!JavaProcess.isJvm(process, temporary)) {
            List<String> words = process.commandLine();
            return Optional.of("it is no Java Virtual Machine" + (words.isEmpty() ? "" : " but " + words.get(0))
                    + "; it was not touched");
        }
        if (isForbidden(process)) {
            return Optional.of("it was started with " + FORBIDDEN
                    + "; it forbids attaching. Start it without that, or with " + ALLOWED);
        }
        Path socket = temporary.resolve(".java_pid" + process.innerPid());
        boolean listens = Files.exists(socket, LinkOption.NOFOLLOW_LINKS);
        if (listens && !process.owns(socket)) {
            return Optional.of("another user's file " + socket + " is where it would listen; remove that file first");
        }
        if (!listens && !process.catches(SIGQUIT)) {
            return Optional.of(
                    "it does not listen for tools: it has just started, or it is ending. It was not touched");
        }
        return Optional.empty();
    }

    /** Uses what the JVM publishes, if it does: the flag may also be in an argument file or in a variable. */
    private boolean isForbidden(LinuxProcess process) {
        Optional<PerfData> published = PerfData.of(temporary, process);
        if (published.isPresent()) {
            return !published.get().isAttachable();
        }
        List<String> words = Stream.of(
                        optionsIn(process, "JAVA_TOOL_OPTIONS"),
                        optionsIn(process, "JDK_JAVA_OPTIONS"),
                        process.commandLine(),
                        optionsIn(process, "_JAVA_OPTIONS"))
                .flatMap(List::stream)
                .toList();
        // The last one counts.
        return words.lastIndexOf(FORBIDDEN) > words.lastIndexOf(ALLOWED);
    }

    private static List<String> optionsIn(LinuxProcess process, String variable) {
        return process.environment().stream()
                .filter(word -> word.startsWith(variable + "="))
                .flatMap(word -> Stream.of(word.substring(variable.length() + 1).split("\\s+")))
                .toList();
    }
}
