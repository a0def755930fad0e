/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Resolves the paths of a configuration: {@code ~/} is the home directory, any other relative path is in the directory that
 * the program was started in. Immutable.
 *
 * @param home the user's home directory; empty where there is none
 */
record UserPaths(Optional<Path> home) {

    static UserPaths ofThisJvm() {
        return new UserPaths(findHome(System.getProperty("user.home", ""), System.getenv()));
    }

    /**
     * Finds the home directory of the user this JVM runs as. A user without an entry in the system's table, as in
     * containers that choose a user ID at random, has {@code ?} in the JVM's property. That would be a path in the program's
     * working directory, where nothing may be written.
     *
     * @param property the value of {@code user.home}
     * @param environment its {@code HOME} is used where the property holds no absolute path
     * @return an absolute path; empty where neither has one
     */
    static Optional<Path> findHome(String property, Map<String, String> environment) {
        Optional<Path> home = absolute(property);
        return home.isPresent() ? home : absolute(environment.getOrDefault("HOME", ""));
    }

    private static Optional<Path> absolute(String name) {
        try {
            Path path = Path.of(name);
            return path.isAbsolute() ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the absolute path.
     *
     * @throws IllegalArgumentException where the text is no path, or needs a home directory and there is none
     */
    Path resolve(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        try {
            if (!text.startsWith("~/")) {
                return Path.of(text).toAbsolutePath();
            }
            if (home.isEmpty()) {
                throw new IllegalArgumentException("this user has no home directory");
            }
            return home.get().resolve(text.substring(2));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path", e);
        }
    }

    /** As {@link #resolve}, and requires that it is a directory. */
    Path directory(String text) {
        Path path = resolve(text);
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("no such directory");
        }
        return path;
    }

    /** As {@link #resolve}, and requires that it is a file. */
    Path file(String text) {
        Path path = resolve(text);
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("no such file");
        }
        return path;
    }
}
