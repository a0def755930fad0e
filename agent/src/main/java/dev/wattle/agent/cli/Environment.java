/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import dev.wattle.probes.model.CpuInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment of the doctor, as far as it affects what can be read. Starts no process.
 *
 * @param system distribution, operating system and architecture
 * @param kernel the version of Linux, without its compiler; "unknown" elsewhere
 * @param java the virtual machine, its version and vendor
 * @param user its name, and its ids and effective capabilities where known
 * @param container the sign of a container; empty if there is none
 * @param processor the processors' product name
 * @param processors the number of processors that this JVM may use
 */
record Environment(
        String system,
        String kernel,
        String java,
        String user,
        Optional<String> container,
        String processor,
        int processors) {
    private static final Pattern CONTAINER_GROUP =
            Pattern.compile("docker|containerd|kubepods|libpod|crio|lxc|machine\\.slice");
    private static final String UNKNOWN = "unknown";
    private static final int FIRST_WITH_AOT_CACHES = 24;

    /** Finds the feature release in the Java version. */
    private static final Pattern FEATURE = Pattern.compile(" (\\d{1,4})(?=[.+-])\\S*,");

    /**
     * Reads the environment.
     *
     * @param root {@code /}, or a tree like it
     * @param procRoot {@code /proc}, or a tree like it
     */
    static Environment of(Path root, Path procRoot, Map<String, String> environment) {
        return new Environment(
                system(root),
                kernel(procRoot),
                property("java.vm.name") + " " + property("java.runtime.version") + ", " + property("java.vendor"),
                user(procRoot),
                container(root, procRoot, environment),
                processor(procRoot),
                Runtime.getRuntime().availableProcessors());
    }

    /** How to record an AOT cache that the JVM accepts under the agent; empty if this Java has no such caches. */
    Optional<String> aotCache() {
        Matcher version = FEATURE.matcher(java);
        return version.find() && Integer.parseInt(version.group(1)) >= FIRST_WITH_AOT_CACHES
                ? Optional.of(
                        "record -XX:AOTCache under the agent or with --add-modules=java.instrument, or the JVM refuses it"
                                + " under the agent")
                : Optional.empty();
    }

    private static String system(Path root) {
        String plain = property("os.name") + " " + property("os.version") + " " + property("os.arch");
        return value(lines(root.resolve("etc/os-release")), "PRETTY_NAME=")
                .map(name -> name.replace("\"", "") + ", " + plain)
                .orElse(plain);
    }

    private static String kernel(Path procRoot) {
        return lines(procRoot.resolve("version")).stream()
                .findFirst()
                .map(line -> line.replaceFirst(" \\(.*\\)", ""))
                .orElse(UNKNOWN);
    }

    private static String user(Path procRoot) {
        List<String> status = lines(procRoot.resolve("self/status"));
        List<String> rights = new ArrayList<>();
        value(status, "Uid:").ifPresent(ids -> rights.add("uid " + first(ids)));
        value(status, "Gid:").ifPresent(ids -> rights.add("gid " + first(ids)));
        value(status, "Groups:").filter(ids -> !ids.isEmpty()).ifPresent(ids -> rights.add("groups " + ids));
        value(status, "CapEff:").ifPresent(bits -> rights.add("capabilities " + bits));
        return property("user.name") + (rights.isEmpty() ? "" : " (" + String.join(", ", rights) + ")");
    }

    private static Optional<String> container(Path root, Path procRoot, Map<String, String> environment) {
        for (String mark : List.of(".dockerenv", "run/.containerenv")) {
            if (Files.exists(root.resolve(mark))) {
                return Optional.of("/" + mark);
            }
        }
        for (String variable : List.of("KUBERNETES_SERVICE_HOST", "container")) {
            if (environment.containsKey(variable)) {
                return Optional.of(variable + " in the environment");
            }
        }
        return lines(procRoot.resolve("self/cgroup")).stream()
                .filter(line -> CONTAINER_GROUP.matcher(line).find())
                .findFirst();
    }

    private static String processor(Path procRoot) {
        String name = CpuInfo.processorName(procRoot);
        return name.isEmpty() ? UNKNOWN : name;
    }

    private static Optional<String> value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .map(line -> line.substring(key.length()).strip());
    }

    private static String first(String words) {
        return words.split("\\s+", 2)[0];
    }

    private static String property(String name) {
        return System.getProperty(name, UNKNOWN);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException missing) {
            return List.of();
        }
    }
}
