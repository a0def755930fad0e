/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Loads classes from both zones of the agent's jar, and all else from the JDK. It runs none of their code. */
final class JarZone extends ClassLoader {
    private final JarFile jar;

    JarZone(JarFile jar) {
        super(getPlatformClassLoader());
        this.jar = jar;
    }

    /** Loads and verifies a class, and loads what its members are made of; the answer is what is missing for that. */
    Optional<String> missing(String name) {
        try {
            Class<?> type = Class.forName(name, false, this);
            // Asking for members verifies the class, as its first use would.
            Stream.of(type.getDeclaredMethods(), type.getDeclaredFields(), type.getDeclaredConstructors())
                    .forEach(Objects::requireNonNull);
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of(name + ": " + e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        ZipEntry inner = jar.getEntry("inst/" + path + "data");
        ZipEntry entry = inner == null ? jar.getEntry(path) : inner;
        if (entry == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
