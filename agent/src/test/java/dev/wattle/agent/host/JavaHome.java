/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Java installation on this machine.
 *
 * @param path its home
 * @param feature its feature version, such as 17
 */
public record JavaHome(Path path, int feature) {
    private static final int OLDEST_METERED = 17;
    private static final List<Path> COLLECTIONS = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"),
            Path.of("/Library/Java/JavaVirtualMachines"));

    /** The one this test runs on. */
    public static JavaHome current() {
        return new JavaHome(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** The installations to test on: the current one alone where {@code wattle.jdks=current}, else {@link #metered()}. */
    public static List<JavaHome> all() {
        return "current".equals(System.getProperty("wattle.jdks")) ? List.of(current()) : metered();
    }

    /** One installation of each feature version from 17 on, oldest first; the current one is always among them. */
    public static List<JavaHome> metered() {
        return installed().stream()
                .filter(home -> home.feature >= OLDEST_METERED)
                .toList();
    }

    /** Installations that the agent must refuse; often there are none. */
    public static List<JavaHome> tooOld() {
        return installed().stream()
                .filter(home -> home.feature < OLDEST_METERED)
                .toList();
    }

    /** A program of this installation, such as {@code java} or {@code javac}, if it has it. */
    public Optional<Path> program(String name) {
        return Stream.of(name, name + ".exe")
                .map(path.resolve("bin")::resolve)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Its feature version, such as 17. */
    public int feature() {
        return feature;
    }

    @Override
    public String toString() {
        return "Java " + feature;
    }

    private static List<JavaHome> installed() {
        Map<Integer, JavaHome> byFeature = new TreeMap<>();
        byFeature.put(current().feature, current());
        for (Path candidate : candidates()) {
            at(candidate).ifPresent(home -> byFeature.putIfAbsent(home.feature, home));
        }
        return List.copyOf(byFeature.values());
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME")) {
                candidates.add(Path.of(value));
            }
        });
        for (Path collection : COLLECTIONS) {
            for (Path child : children(collection)) {
                candidates.add(child);
                candidates.add(child.resolve("Contents").resolve("Home"));
            }
        }
        return candidates;
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<JavaHome> at(Path path) {
        if (!Files.isRegularFile(path.resolve("release"))) {
            return Optional.empty();
        }
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(path.resolve("release"))) {
            release.load(reader);
        } catch (IOException e) {
            return Optional.empty();
        }
        JavaHome home = new JavaHome(path, feature(release.getProperty("JAVA_VERSION")));
        return home.program("java").isPresent() ? Optional.of(home) : Optional.empty();
    }

    private static int feature(@Nullable String quotedVersion) {
        if (quotedVersion == null) {
            return 0;
        }
        String[] parts = quotedVersion.replace("\"", "").split("[^0-9]+", -1);
        return Integer.parseInt("1".equals(parts[0]) ? parts[1] : parts[0]);
    }
}
