/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
 * <p>{@code /sys/class/powercap} shows each zone as a link at the top, next to its parent, and again nested in its control
 * type. A tree that is mounted into a container may have either form.
 */
final class ZoneTree {
    private final List<Zone> zones = new ArrayList<>();
    private final List<Path> hidden = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Set<Path> visited = new HashSet<>();

    private ZoneTree() {}

    /** Reads a tree; it is empty if the root is missing. */
    static ZoneTree under(Path root) {
        ZoneTree tree = new ZoneTree();
        tree.descend(root);
        tree.zones.sort(Comparator.comparing((Zone zone) -> zone.id().length()).thenComparing(Zone::id));
        return tree;
    }

    /** The zones, in the order of their ids. */
    List<Zone> zones() {
        return zones;
    }

    /** The zones that cannot be entered, or the root if it cannot be listed. */
    List<Path> hidden() {
        return hidden;
    }

    /** Unknown zones that have a counter, with their names: {@code intel-rapl:0:3 'npu'}. */
    List<String> unknown() {
        return unknown;
    }

    private void descend(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            entries.sorted().forEach(this::visit);
        } catch (NoSuchFileException | NotDirectoryException absent) {
            // Nothing is hidden there.
        } catch (IOException | UncheckedIOException unreadable) {
            hidden.add(directory);
        }
    }

    private void visit(Path entry) {
        // Only zones and control types: a zone also holds the links "subsystem" and "device", which lead upwards.
        boolean known = Zone.fileName(entry).startsWith("intel-rapl");
        if (!known && !isZone(entry)) {
            return;
        }
        try {
            Path canonical = entry.toRealPath();
            if (Files.isDirectory(canonical) && visited.add(canonical)) {
                if (isZone(canonical)) {
                    add(new Zone(canonical, entry, text(canonical.resolve("name"))), known);
                }
                descend(entry);
            }
        } catch (IOException unnamed) {
            // Without a name it could be psys, so it is no zone.
            hidden.add(entry);
        }
    }

    private void add(Zone zone, boolean known) {
        if (known) {
            zones.add(zone);
        }
        if (!(known && zone.isKnown()) && Files.exists(zone.energyFile())) {
            unknown.add(zone.id() + " '" + zone.name() + "'");
        }
    }

    /** Control types have no colon in their names, and no file {@code name}. */
    private static boolean isZone(Path directory) {
        return Zone.fileName(directory).indexOf(':') >= 0;
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
    }
}
