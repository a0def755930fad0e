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

/** The jar of this class, and a check that it is the agent's jar and not one that the agent was merged into. */
public final class AgentJar {
    private static final String ENTRY_CLASS = "dev.wattle.agent.premain.WattleAgent";
    private static final String RUNTIME_ENTRY = "inst/dev/wattle/agent/runtime/AgentRuntime.classdata";

    private AgentJar() {}

    /** The location of this class. Not looked up as a resource, which would initialise the JDK's image reader. */
    public static URL location() {
        CodeSource source = AgentJar.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            throw new IllegalStateException("the entry class has no code source");
        }
        return source.getLocation();
    }

    /** The file that {@link #location} names. */
    public static File file() {
        return file(location());
    }

    /** Why the agent cannot run from this jar, or null. The loader needs its layout, which merging and flattening break. */
    public static @Nullable String refusal(URL location) {
        File jar;
        try {
            jar = file(location);
        } catch (IllegalArgumentException notAJar) {
            return "its classes are in " + location + ", not in wattle-agent.jar";
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
