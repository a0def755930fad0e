/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process as Linux shows it under {@code /proc}. Nothing is sent to it. What does not exist, or may not be read by this
 * user, is empty. The process may end at any time.
 */
final class LinuxProcess {
    /** A JVM with 65,530 mappings, the kernel's limit, has some 8 MB of lines. */
    private static final int MOST_BYTES = 16 << 20;

    private static final int ROOT = 0;
    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

    private final Path directory;
    private final long pid;

    LinuxProcess(Path procRoot, long pid) {
        this.directory = procRoot.resolve(Long.toString(pid));
        this.pid = pid;
    }

    /** This process. */
    static LinuxProcess self(Path procRoot) {
        return new LinuxProcess(procRoot, ProcessHandle.current().pid());
    }

    /** All processes, by process id. */
    static List<LinuxProcess> all(Path procRoot) {
        List<LinuxProcess> all = new ArrayList<>();
        for (Path child : children(procRoot).orElse(List.of())) {
            String name = child.getFileName().toString();
            if (name.matches("\\d{1,18}")) {
                all.add(new LinuxProcess(procRoot, Long.parseLong(name)));
            }
        }
        all.sort((a, b) -> Long.compare(a.pid, b.pid));
        return all;
    }

    long pid() {
        return pid;
    }

    boolean exists() {
        return Files.isDirectory(directory);
    }

    /** One letter, such as {@code R}, {@code S}, {@code T} for stopped; {@code Z} if it has exited and not been reaped. */
    Optional<String> state() {
        return status("State:").map(state -> state.substring(0, 1));
    }

    /** The effective user id. */
    Optional<Long> effectiveUser() {
        return status("Uid:").map(ids -> Long.parseLong(ids.split("\\s+", -1)[1]));
    }

    /** Whether the file or link belongs to the process's user or to root: anybody can create one with a shared name. */
    boolean owns(Path file) {
        try {
            long owner = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return owner == ROOT || effectiveUser().map(user -> user == owner).orElse(false);
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }

    /** Whether it has a handler for that signal. */
    boolean catches(int signal) {
        return status("SigCgt:")
                .map(mask -> (Long.parseUnsignedLong(mask, 16) >>> (signal - 1) & 1) == 1)
                .orElse(false);
    }

    /** Its process id in the innermost PID namespace, which the process itself sees. */
    long innerPid() {
        return status("NSpid:")
                .map(pids -> Long.parseLong(pids.substring(pids.lastIndexOf('\t') + 1)))
                .orElse(pid);
    }

    /** Its mount namespace; equal for two processes that see the same file system. */
    Optional<String> mountNamespace() {
        return link(directory.resolve("ns").resolve("mnt"));
    }

    /** The command line. */
    List<String> commandLine() {
        return words("cmdline");
    }

    /** The environment, as {@code NAME=value}. */
    List<String> environment() {
        return words("environ");
    }

    /** The names of its threads, each cut to 15 bytes. */
    Optional<List<String>> threadNames() {
        return children(directory.resolve("task"))
                .map(threads -> threads.stream()
                        .map(thread -> text(thread.resolve("comm")).orElse("").strip())
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    /** The files mapped into its memory, including libraries. */
    Optional<List<String>> mappedFiles() {
        return text(directory.resolve("maps"))
                .filter(maps -> !maps.isEmpty())
                .map(maps -> maps.lines()
                        .map(line -> line.indexOf('/') < 0 ? "" : line.substring(line.indexOf('/')))
                        .filter(path -> !path.isEmpty())
                        .distinct()
                        .toList());
    }

    /** The names of its open files. */
    Optional<List<String>> openFiles() {
        return descriptors()
                .map(open -> open.stream().map(OpenFile::name).distinct().toList());
    }

    /** Its open files. */
    Optional<List<OpenFile>> descriptors() {
        return children(directory.resolve("fd"))
                .map(descriptors -> descriptors.stream()
                        .map(descriptor -> new OpenFile(link(descriptor).orElse(""), descriptor))
                        .filter(file -> file.name().startsWith("/"))
                        .toList());
    }

    /** Where it listens for TCP connections, as a URL has it, such as {@code 127.0.0.1:9474}. */
    List<String> listening() {
        Set<String> inodes = new HashSet<>();
        for (Path descriptor : children(directory.resolve("fd")).orElse(List.of())) {
            Matcher socket = SOCKET.matcher(link(descriptor).orElse(""));
            if (socket.matches()) {
                inodes.add(socket.group(1));
            }
        }
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> text(directory.resolve("net").resolve(table)).stream())
                .flatMap(table -> ListeningSockets.addresses(table, inodes).stream())
                .toList();
    }

    /**
     * An open file.
     *
     * @param name as the process sees it
     * @param descriptor a path to it, whatever file system the process sees
     */
    record OpenFile(String name, Path descriptor) {}

    private Optional<String> status(String key) {
        return text(directory.resolve("status"))
                .flatMap(status -> status.lines()
                        .filter(line -> line.startsWith(key))
                        .findFirst()
                        .map(line -> line.substring(key.length()).strip())
                        .filter(value -> !value.isEmpty()));
    }

    private List<String> words(String file) {
        return text(directory.resolve(file))
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split("\0")))
                .orElse(List.of());
    }

    /** Reads a limited part, because the process's owner controls the length. */
    private static Optional<String> text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1));
        } catch (IOException | SecurityException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> link(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException | SecurityException | UnsupportedOperationException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<List<Path>> children(Path directory) {
        try (Stream<Path> children = Files.list(directory)) {
            return Optional.of(children.toList());
        } catch (IOException | UncheckedIOException | SecurityException unreadable) {
            return Optional.empty();
        }
    }
}
