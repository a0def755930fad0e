/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.config.AgentConfig;
import dev.wattle.core.ledger.RunIdentity;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** Makes the identity of the run from the configuration, the machine and the agent's jar. */
final class RunIdentityFactory {

    private static final DateTimeFormatter NAME_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunIdentityFactory() {}

    static RunIdentity of(AgentConfig config, File agentJar, long startMillis) {
        Instant started = Instant.ofEpochMilli(startMillis);
        long pid = ProcessHandle.current().pid();
        String generated = NAME_TIME.format(started) + "-" + pid;
        return new RunIdentity(
                config.run().orElse(generated),
                config.project(),
                config.labels(),
                hostName(config.hardware().procRoot(), System.getenv()),
                pid,
                System.getProperty("java.version", "unknown"),
                version(agentJar),
                started,
                userName(System.getProperty("user.name", "")),
                boot(config.hardware().procRoot()));
    }

    /** A user without an entry in the system's table, as in containers that choose a user ID at random, is {@code ?}. */
    private static Optional<String> userName(String property) {
        return property.isBlank() || property.equals("?") ? Optional.empty() : Optional.of(property);
    }

    private static Optional<String> boot(Path procRoot) {
        try {
            String id = Files.readString(procRoot.resolve("sys/kernel/random/boot_id"))
                    .strip();
            return id.matches("[0-9a-f-]{36}") ? Optional.of(id) : Optional.empty();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** The name in the kernel; the resolver could wait for a network. */
    private static String hostName(Path procRoot, Map<String, String> environment) {
        try {
            return Files.readString(procRoot.resolve("sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            String name = environment.getOrDefault("COMPUTERNAME", environment.getOrDefault("HOSTNAME", ""));
            return name.isBlank() ? "unknown" : name;
        }
    }

    private static String version(File agentJar) {
        try (JarFile jar = new JarFile(agentJar)) {
            String version = jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return version == null ? "unknown" : version;
        } catch (IOException e) {
            return "unknown";
        }
    }
}
