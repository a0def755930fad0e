/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of the user this JVM runs as. A user without an entry in the system's table, as in containers that choose a
 * number at random, has {@code ?} for one in the JVM's properties: nothing may be written there, since that is a place in
 * the program's working directory.
 */
final class UserHome {
    private UserHome() {}

    /**
     * Looks for it.
     *
     * @param property what the JVM says
     * @param environment where HOME may say otherwise
     * @return an absolute path, or empty where nobody knows one
     */
    static Optional<Path> find(String property, Map<String, String> environment) {
        return Stream.of(property, environment.getOrDefault("HOME", ""))
                .flatMap(name -> absolute(name).stream())
                .findFirst();
    }

    private static Optional<Path> absolute(String name) {
        try {
            return Optional.of(Path.of(name)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
