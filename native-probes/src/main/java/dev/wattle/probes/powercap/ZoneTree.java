/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All zones under a powercap root, each once.
 *
 * <p>{@code /sys/class/powercap} shows every zone as a link at its top, children beside their parents, and again nested
 * in its control type; a tree mounted into a container may have either shape.
 */
final class ZoneTree {
    private final List<Zone> zones = new ArrayList<>();
    private final Set<Path> visited = new HashSet<>();

    private ZoneTree() {}

    /** The zones, in the order of their packages' numbers; none where the root is missing or unreadable. */
    static List<Zone> zones(Path root) {
        ZoneTree tree = new ZoneTree();
        tree.descend(root);
        tree.zones.sort(Comparator.comparing((Zone zone) -> zone.id().length()).thenComparing(Zone::id));
        return tree.zones;
    }

    private void descend(Path directory) {
        for (Path entry : entries(directory)) {
            visit(entry);
        }
    }

    private void visit(Path entry) {
        // Only zones and control types: a zone also holds the links "subsystem" and "device", which lead back up.
        if (!Zone.fileName(entry).startsWith("intel-rapl")) {
            return;
        }
        try {
            Path canonical = entry.toRealPath();
            if (Files.isDirectory(canonical) && visited.add(canonical)) {
                Path name = canonical.resolve("name");
                if (Files.isRegularFile(name)) {
                    zones.add(new Zone(canonical, text(name)));
                }
                descend(canonical);
            }
        } catch (IOException gone) {
            // A zone that cannot be named cannot be told from psys, so it is no zone.
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
    }

    private static List<Path> entries(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }
}
