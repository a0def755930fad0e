/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.loader;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.CodeSource;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** The jar this class came from, and whether it is the agent's own or one that the agent was merged into. */
public final class AgentJar {
    private static final String ENTRY_CLASS = "dev.wattle.agent.premain.WattleAgent";
    private static final String RUNTIME_ENTRY = "inst/dev/wattle/agent/runtime/AgentRuntime.classdata";

    private AgentJar() {}

    /** Where this class came from. Its resource would tell too, but finding one starts the JDK's image reader. */
    public static URL location() {
        CodeSource source = AgentJar.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            throw new IllegalStateException("the entry class does not tell where it came from");
        }
        return source.getLocation();
    }

    /** The file that {@link #location} names. */
    public static File file() {
        return file(location());
    }

    /** The reason to stay out, or null. The loader needs the jar's layout, which merging and flattening break. */
    public static @Nullable String refusal(URL location) {
        File jar;
        try {
            jar = file(location);
        } catch (IllegalArgumentException notAJar) {
            return "its classes came from " + location + " and not from wattle-agent.jar";
        }
        try {
            return isWhole(jar)
                    ? null
                    : "it was merged into another jar, " + jar + "; pass wattle-agent.jar as it was built";
        } catch (IOException unreadable) {
            return "it cannot read its jar " + jar + ": " + unreadable.getMessage();
        }
    }

    /**
     * The file of a class path entry's URL; spaces and non-ASCII letters decoded.
     *
     * @throws IllegalArgumentException if the URL names no file, or a directory
     */
    static File file(URL location) {
        if (!"file".equals(location.getProtocol()) || location.getPath().endsWith("/")) {
            throw new IllegalArgumentException("not a jar: " + location);
        }
        return new File(URI.create(location.toString()));
    }

    private static boolean isWhole(File file) throws IOException {
        try (JarFile jar = new JarFile(file, false)) {
            Manifest manifest = jar.getManifest();
            return manifest != null
                    && ENTRY_CLASS.equals(manifest.getMainAttributes().getValue(new Attributes.Name("Premain-Class")))
                    && jar.getEntry(RUNTIME_ENTRY) != null;
        }
    }
}
