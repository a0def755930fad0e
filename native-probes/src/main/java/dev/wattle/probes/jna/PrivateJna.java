/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.jna;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads the native library of the agent's JNA, once in a JVM, and restores the system properties.
 *
 * <p>JNA writes the loaded library to system properties and deletes the file. A copy of JNA in the host, often of another
 * version, would read these and fail. And the host's settings would make our copy load the host's library. So the
 * properties that JNA reads and writes are ours while its classes initialise, and the host's afterwards. A host thread that
 * initialises its JNA in the same milliseconds can still see ours.
 *
 * <p>Meanwhile the library is in a private directory. If a file cannot be written or executed there, as on a mount with
 * {@code noexec}, the next directory is tried. Never throws. Thread-safe.
 */
public final class PrivateJna {
    private static final List<String> TOUCHED = List.of(
            "jna.boot.library.path",
            "jna.boot.library.name",
            "jna.nosys",
            "jna.noclasspath",
            "jna.nounpack",
            "jna.tmpdir",
            "jna.platform.library.path",
            "jna.loaded",
            "jnidispatch.path");

    private static @Nullable JnaState state;

    private PrivateJna() {}

    /** Loads JNA, or returns why it cannot be loaded. Later calls return the same. */
    public static synchronized JnaState load() {
        JnaState known = state;
        if (known == null) {
            known = tryDirectories();
            state = known;
        }
        return known;
    }

    /**
     * Adds a directory that is tried after those for temporary files. Call it before {@link #load}.
     *
     * @param directory may not exist; then its first existing parent is tried
     */
    public static synchronized void alsoTry(Path directory) {
        LibraryDirectories.alsoTry(directory);
    }

    private static JnaState tryDirectories() {
        Throwable first = null;
        for (Path parent : LibraryDirectories.candidates()) {
            Path directory = null;
            try {
                directory = LibraryDirectories.create(parent);
                Path library = extractTo(directory);
                // A mount may forbid to execute what lies on it. To find out costs JNA's classes, which fail for good
                // where
                // their first attempt does; this one may be made again elsewhere.
                System.load(library.toString());
                initialise(directory);
                return new JnaState.Loaded();
            } catch (IOException | UnsatisfiedLinkError notHere) {
                first = first == null ? notHere : first;
            } catch (Throwable anything) {
                // For example IllegalCallerException if native access is denied: no other directory helps.
                return JnaState.Unavailable.because(anything);
            } finally {
                LibraryDirectories.remove(directory);
            }
        }
        return JnaState.Unavailable.because(
                first == null ? new FileNotFoundException("no directory for temporary files") : first);
    }

    private static Path extractTo(Path directory) throws IOException {
        String mapped = System.mapLibraryName("jnidispatch");
        // JNA names its macOS library as Java 6 did.
        String file = mapped.endsWith(".dylib") ? "libjnidispatch.jnilib" : mapped;
        String resource = com.sun.jna.Platform.RESOURCE_PREFIX + "/" + file;
        Path library = directory.resolve(file);
        try (InputStream in = com.sun.jna.Platform.class.getResourceAsStream("/com/sun/jna/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("there is none for " + com.sun.jna.Platform.RESOURCE_PREFIX);
            }
            Files.copy(in, library);
        }
        return library;
    }

    private static void initialise(Path directory) throws ClassNotFoundException {
        Map<String, @Nullable String> host = new HashMap<>();
        TOUCHED.forEach(name -> host.put(name, System.clearProperty(name)));
        try {
            System.setProperty("jna.boot.library.path", directory.toString());
            // Without this, JNA creates a directory in the user's home, or in "?" if there is none.
            System.setProperty("jna.tmpdir", directory.toString());
            // Without this, JNA runs ldconfig.
            System.setProperty("jna.platform.library.path", "");
            ClassLoader loader = PrivateJna.class.getClassLoader();
            Class.forName("com.sun.jna.Native", true, loader);
            Class.forName("com.sun.jna.NativeLibrary", true, loader);
        } finally {
            host.forEach(PrivateJna::restore);
        }
    }

    private static void restore(String name, @Nullable String value) {
        if (value == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }
}
