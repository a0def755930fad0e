/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** The jar this class came from, and whether it is the agent's own or one that the agent was merged into. */
final class OwnJar {
    private static final String RUNTIME_ENTRY = "inst/dev/wattle/agent/runtime/AgentRuntime.classdata";

    private OwnJar() {}

    static URL entryUrl() {
        URL url = OwnJar.class.getResource("WattleAgent.class");
        if (url == null) {
            throw new IllegalStateException("the entry class has no resource");
        }
        return url;
    }

    /** The reason to stay out, or null. The loader needs the jar's layout, which merging and flattening break. */
    static @Nullable String refusal(URL entry) {
        File jar;
        try {
            jar = file(entry);
        } catch (IllegalArgumentException notAJar) {
            return "its classes came from " + entry + " and not from wattle-agent.jar";
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
     * The jar of a {@code jar:file:...!/...} URL; spaces and non-ASCII letters decoded.
     *
     * @throws IllegalArgumentException if the URL names no file
     */
    static File file(URL entry) {
        int end = entry.getPath().lastIndexOf("!/");
        if (!"jar".equals(entry.getProtocol()) || end < 0) {
            throw new IllegalArgumentException("not in a jar: " + entry);
        }
        return new File(URI.create(entry.getPath().substring(0, end)));
    }

    private static boolean isWhole(File file) throws IOException {
        try (JarFile jar = new JarFile(file, false)) {
            Manifest manifest = jar.getManifest();
            return manifest != null
                    && WattleAgent.class
                            .getName()
                            .equals(manifest.getMainAttributes().getValue(new Attributes.Name("Premain-Class")))
                    && jar.getEntry(RUNTIME_ENTRY) != null;
        }
    }
}
