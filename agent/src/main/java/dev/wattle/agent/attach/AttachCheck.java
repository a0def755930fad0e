/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether it is safe to attach to a process, found out without touching it.
 *
 * <p>HotSpot is asked by a SIGQUIT. That ends a process which does not expect it, and makes a JVM that lets nobody attach
 * write a thread dump to its standard output; neither may happen.
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
     * Looks there.
     *
     * @param procRoot {@code /proc}
     * @param temporary {@code /tmp}, where HotSpot keeps its files
     */
    AttachCheck(Path procRoot, Path temporary) {
        this.procRoot = procRoot;
        this.temporary = temporary;
    }

    /** Why not to attach, and what helps; empty where nothing speaks against it. */
    Optional<String> refusal(long pid) {
        if (pid == ProcessHandle.current().pid()) {
            return Optional.of("it is this tool itself");
        }
        if (!Files.isDirectory(procRoot.resolve("self"))) {
            // No Linux. A process that is no JVM is told by that the JDK does not list it.
            return AttachApi.jvms().stream().anyMatch(jvm -> jvm.pid() == pid)
                    ? Optional.empty()
                    : Optional.of("it is no JVM that this user may attach to");
        }
        LinuxProcess process = new LinuxProcess(procRoot, pid);
        return Stream.of(ofProcess(process), ofUser(process), ofContainer(process), ofJvm(process))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Why there is nothing to detach; empty where it is metered, where that is only starting, and where nobody can tell. */
    Optional<String> unmetered(long pid) {
        return new LinuxProcess(procRoot, pid)
                .threadNames()
                .filter(names -> !names.contains(RUN))
                .map(names -> "it is not metered");
    }

    private static Optional<String> ofProcess(LinuxProcess process) {
        if (!process.exists()) {
            return Optional.of(
                    "there is no such process; 'list' shows the JVMs that are to be seen here. Those of other"
                            + " containers have other numbers in there");
        }
        String state = process.state().orElse("");
        if (state.equals("Z")) {
            return Optional.of("it has ended");
        }
        if (state.equals("T") || state.equals("t")) {
            return Optional.of("it is stopped; let it go on first: kill -CONT " + process.pid());
        }
        return Optional.empty();
    }

    private Optional<String> ofUser(LinuxProcess process) {
        Optional<Long> own = LinuxProcess.self(procRoot).effectiveUser();
        Optional<Long> its = process.effectiveUser();
        if (own.isEmpty() || its.isEmpty() || own.get() == ROOT || own.equals(its)) {
            return Optional.empty();
        }
        return Optional.of("it belongs to another user, number " + its.get()
                + "; call the tool as that user: sudo -u '#" + its.get() + "' java -jar wattle-agent.jar ...");
    }

    private Optional<String> ofContainer(LinuxProcess process) {
        Optional<String> own = LinuxProcess.self(procRoot).mountNamespace();
        Optional<String> its = process.mountNamespace();
        if (own.isEmpty() || its.isEmpty() || own.equals(its)) {
            return Optional.empty();
        }
        return Optional.of("it runs in another container, or sees another file system, and is process "
                + process.innerPid() + " in there. Call the tool in there, with that number: docker exec CONTAINER java"
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
                    + "; it lets nobody attach. Start it without, or with " + ALLOWED);
        }
        Path socket = temporary.resolve(".java_pid" + process.innerPid());
        boolean listens = Files.exists(socket, LinkOption.NOFOLLOW_LINKS);
        if (listens && !process.owns(socket)) {
            return Optional.of(
                    "another user's file " + socket + " stands where it would listen; remove that file first");
        }
        if (!listens && !process.catches(SIGQUIT)) {
            return Optional.of(
                    "it does not listen for tools: it has only just started, or it ends. It was not touched");
        }
        return Optional.empty();
    }

    /** The flag may stand in a file of arguments or in a variable; where the JVM publishes what holds, that is asked. */
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
        // The last one holds.
        return words.lastIndexOf(FORBIDDEN) > words.lastIndexOf(ALLOWED);
    }

    private static List<String> optionsIn(LinuxProcess process, String variable) {
        return process.environment().stream()
                .filter(word -> word.startsWith(variable + "="))
                .flatMap(word -> Stream.of(word.substring(variable.length() + 1).split("\\s+")))
                .toList();
    }
}
