/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import dev.wattle.core.probe.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the kernel's power events.
 *
 * @param component the component whose energy it counts
 * @param file the file that describes it
 * @param type the number of its unit
 * @param config its number in that unit
 * @param unit the energy of a count
 */
record PowerEvent(Component component, Path file, int type, long config, CountUnit unit) {
    private static final Pattern CONFIG = Pattern.compile("event=0x([0-9a-fA-F]{1,2})");

    /**
     * Reads a description.
     *
     * @param name such as {@code energy-pkg}
     * @throws IOException if a file is missing
     * @throws IllegalArgumentException if a file has other content than the kernel's
     */
    static PowerEvent read(Path unit, int type, Component component, String name) throws IOException {
        Path file = unit.resolve("events").resolve(name);
        Matcher config = CONFIG.matcher(Files.readString(file).strip());
        if (!config.matches()) {
            throw new IllegalArgumentException(file + " names no event");
        }
        String energy = Files.readString(file.resolveSibling(name + ".unit")).strip();
        if (!energy.equals("Joules")) {
            throw new IllegalArgumentException(file + " counts " + energy + " and not Joules");
        }
        return new PowerEvent(
                component,
                file,
                type,
                Long.parseLong(config.group(1), 16),
                CountUnit.ofJoules(
                        Files.readString(file.resolveSibling(name + ".scale")).strip()));
    }
}
