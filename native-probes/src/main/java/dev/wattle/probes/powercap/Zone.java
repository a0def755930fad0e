/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.probe.Sensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory of the powercap tree that has a {@code name}.
 *
 * <p>Only the name says what a zone is: {@code intel-rapl:1} is psys on a laptop and the second package on a
 * server.
 *
 * @param directory its canonical path
 * @param entry the path on which it was found; if a link replaces the tree, this path leads to the new one
 * @param name the content of its file {@code name}, stripped
 */
record Zone(Path directory, Path entry, String name) {
    /** Long term, short term and peak. */
    private static final int CONSTRAINTS = 3;

    /** Firmware writes 0 if nothing is set, and 4,095 W, the maximum of the field, if there is no limit. */
    private static final long LEAST_LIMIT_MICROWATTS = 1_000_000;

    private static final long MOST_LIMIT_MICROWATTS = 4_000_000_000L;

    private static final Pattern PACKAGE = Pattern.compile("package-(\\d{1,9})(?:-die-(\\d{1,9}))?");

    /** Parts of a package, and psys, which includes the packages. */
    private static final Set<String> PARTS = Set.of("core", "uncore", "psys");

    boolean isPackage() {
        return PACKAGE.matcher(name).matches();
    }

    boolean isDram() {
        return name.equals("dram");
    }

    /** Whether it is known which zone includes its energy. */
    boolean isKnown() {
        return isPackage() || isDram() || PARTS.contains(name);
    }

    /** The N of {@code package-N} or {@code package-N-die-M}; only for packages. */
    int packageNumber() {
        return Integer.parseInt(packageName().group(1));
    }

    /** The M of {@code package-N-die-M}, or -1 for a whole package; only for packages. */
    int dieNumber() {
        String die = packageName().group(2);
        return die == null ? -1 : Integer.parseInt(die);
    }

    /** Whether this is the second view of a package, which some Intel machines have through memory-mapped registers. */
    boolean isMmio() {
        return id().startsWith("intel-rapl-mmio");
    }

    /** The directory's name, such as {@code intel-rapl:0:2}. */
    String id() {
        return fileName(directory);
    }

    /** Whether this zone is a direct child of another, by its place in the tree or, in a flat copy, by its id. */
    boolean isChildOf(Zone other) {
        return other.directory.equals(directory.getParent())
                || (id().startsWith(other.id() + ":")
                        && id().lastIndexOf(':') == other.id().length());
    }

    /** The path of the counter in texts for the user. */
    Path energyFile() {
        return directory.resolve("energy_uj");
    }

    /** The path on which the counter is opened. */
    Path counterFile() {
        return entry.resolve("energy_uj");
    }

    /** The file with the value at which the counter wraps; it may not exist. */
    Path rangeFile() {
        return directory.resolve("max_energy_range_uj");
    }

    /** The value at which the counter wraps, in microjoules; 0 if the kernel has none. */
    long rangeMicrojoules() {
        return number(rangeFile());
    }

    /**
     * The maximum power that can be set for the zone, or is set, in microwatts; {@link Sensor#NO_LIMIT} if the kernel has
     * none.
     */
    long limitMicrowatts() {
        long limit = Sensor.NO_LIMIT;
        for (int constraint = 0; constraint < CONSTRAINTS; constraint++) {
            for (String value : List.of("_max_power_uw", "_power_limit_uw")) {
                long microwatts = number(directory.resolve("constraint_" + constraint + value));
                if (microwatts >= LEAST_LIMIT_MICROWATTS && microwatts <= MOST_LIMIT_MICROWATTS) {
                    limit = Math.max(limit, microwatts);
                }
            }
        }
        return limit;
    }

    private static long number(Path file) {
        try {
            // A named pipe would block the reader.
            return Files.isRegularFile(file)
                    ? Math.max(0, Long.parseLong(Files.readString(file).strip()))
                    : 0;
        } catch (IOException | NumberFormatException unknown) {
            return 0;
        }
    }

    static String fileName(Path path) {
        Path last = path.getFileName();
        return last == null ? "" : last.toString();
    }

    private Matcher packageName() {
        Matcher matcher = PACKAGE.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalStateException(directory + " is no package but " + name);
        }
        return matcher;
    }
}
