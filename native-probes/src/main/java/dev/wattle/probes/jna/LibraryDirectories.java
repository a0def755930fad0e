/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.jna;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directories in which a library can be placed while it is loaded, and the private directory that is created there. The
 * program's working directory is not one of them, so relative names are ignored. The caller synchronises.
 */
final class LibraryDirectories {
    private static final List<Path> NAMED = new ArrayList<>();

    private LibraryDirectories() {}

    static void alsoTry(Path directory) {
        NAMED.add(directory);
    }

    /** The existing directories, the best first, each once. Only an attempt shows whether files can be written and executed. */
    static Set<Path> candidates() {
        Set<Path> candidates = new LinkedHashSet<>();
        Path working = Path.of("").toAbsolutePath();
        Stream.of(
                        property("java.io.tmpdir"),
                        Stream.of(Path.of("/tmp"), Path.of("/var/tmp"), Path.of("/dev/shm")),
                        environment("XDG_RUNTIME_DIR"),
                        NAMED.stream().flatMap(LibraryDirectories::existing),
                        environment("XDG_CACHE_HOME"),
                        property("user.home").flatMap(home -> Stream.of(home.resolve(".cache"), home)))
                .flatMap(paths -> paths)
                .filter(Path::isAbsolute)
                .filter(path -> !path.equals(working))
                .filter(Files::isDirectory)
                .forEach(candidates::add);
        return candidates;
    }

    private static Stream<Path> existing(Path named) {
        Path directory = named.toAbsolutePath();
        while (directory != null && !Files.isDirectory(directory)) {
            directory = directory.getParent();
        }
        return Stream.ofNullable(directory);
    }

    private static Stream<Path> property(String name) {
        return path(System.getProperty(name, ""));
    }

    private static Stream<Path> environment(String name) {
        return path(Objects.requireNonNullElse(System.getenv(name), ""));
    }

    private static Stream<Path> path(String text) {
        try {
            return text.isEmpty() ? Stream.empty() : Stream.of(Path.of(text));
        } catch (InvalidPathException noPath) {
            return Stream.empty();
        }
    }

    /** A new directory that only this user can access. */
    static Path create(Path parent) throws IOException {
        String prefix = "wattle-jna";
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? Files.createTempDirectory(
                        parent,
                        prefix,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createTempDirectory(parent, prefix);
    }

    static void remove(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException inUse) {
            // Windows locks the file of a loaded library, so the directory remains.
        }
    }
}
