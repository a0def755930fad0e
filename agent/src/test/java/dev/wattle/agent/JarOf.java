/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import dev.wattle.agent.host.HostJvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A jar made by a test. Of two entries with one name the first stays, as merging tools do it. */
final class JarOf {
    private final Path path;
    private final Manifest manifest = new Manifest();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    JarOf(Path path) {
        this.path = path;
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    /** An agent's jar with {@link OldJavaPretender}. */
    static Path oldJavaPretender(Path directory) throws IOException {
        return new JarOf(directory.resolve("pretender.jar"))
                .manifest("Premain-Class", "dev.wattle.agent.OldJavaPretender")
                .add("dev/wattle/agent/OldJavaPretender.class", testClass("dev/wattle/agent/OldJavaPretender.class"))
                .write();
    }

    static byte[] testClass(String name) throws IOException {
        return Files.readAllBytes(HostJvm.testClasses().resolve(name));
    }

    JarOf manifest(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    JarOf add(String name, byte[] content) {
        entries.putIfAbsent(name, content);
        return this;
    }

    /** All but the manifest. */
    JarOf addAllOf(Path otherJar) throws IOException {
        try (JarFile other = new JarFile(otherJar.toFile())) {
            for (JarEntry entry : Collections.list(other.entries())) {
                if (!entry.isDirectory() && !JarFile.MANIFEST_NAME.equals(entry.getName())) {
                    try (InputStream in = other.getInputStream(entry)) {
                        add(entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
        return this;
    }

    Path write() throws IOException {
        try (OutputStream out = Files.newOutputStream(path);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return path;
    }
}
