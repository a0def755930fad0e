/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import dev.wattle.core.probe.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of energy that the kernel's power events count.
 *
 * @param component whose energy it is
 * @param file its description
 * @param type the number of the unit it belongs to
 * @param config its number in that unit
 * @param unit what a count is worth
 */
record PowerEvent(Component component, Path file, int type, long config, CountUnit unit) {
    private static final Pattern CONFIG = Pattern.compile("event=0x([0-9a-fA-F]{1,2})");

    /**
     * Reads a description.
     *
     * @param name such as {@code energy-pkg}
     * @throws IOException if a file is missing
     * @throws IllegalArgumentException if one says something else than the kernel's do
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
