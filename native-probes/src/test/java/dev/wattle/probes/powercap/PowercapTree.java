/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A powercap tree of plain files as the kernel lays it out: zones nested in {@code devices/virtual/powercap}, each
 * linked from {@code class/powercap}.
 */
final class PowercapTree {
    static final long INTEL_RANGE = 262_143_328_850L;
    static final long AMD_RANGE = 65_532_610_987L;

    private final Path devices;
    private final Path links;

    PowercapTree(Path sys) {
        devices = sys.resolve("devices/virtual/powercap");
        links = sys.resolve("class/powercap");
        make(devices);
        make(links);
    }

    /** What {@code /sys/class/powercap} is. */
    Path root() {
        return links;
    }

    /** The same zones without links: what a container sees where only the devices are mounted. */
    Path nestedRoot() {
        return devices;
    }

    /** Adds the zone of an id such as {@code intel-rapl:0:2}; its parents come first. */
    PowercapTree zone(String id, String name, long microjoules) {
        return zone(id, name, microjoules, INTEL_RANGE);
    }

    PowercapTree zone(String id, String name, long microjoules, long range) {
        Path zone = directory(id);
        make(zone);
        write(zone.resolve("name"), name + "\n");
        write(zone.resolve("energy_uj"), microjoules + "\n");
        write(zone.resolve("max_energy_range_uj"), range + "\n");
        link(zone.resolve("subsystem"), links);
        String type = id.substring(0, id.indexOf(':'));
        if (!Files.isSymbolicLink(links.resolve(type))) {
            link(links.resolve(type), devices.resolve(type));
        }
        link(links.resolve(id), zone);
        return this;
    }

    Path directory(String id) {
        String[] parts = id.split(":", -1);
        Path directory = devices.resolve(parts[0]);
        StringBuilder zone = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            directory = directory.resolve(zone.append(':').append(parts[i]).toString());
        }
        return directory;
    }

    /** Adds a package of an Intel server with its memory. */
    PowercapTree socket(int number, long microjoules) {
        return zone("intel-rapl:" + number, "package-" + number, microjoules)
                .zone("intel-rapl:" + number + ":0", "dram", microjoules / 5);
    }

    /** Writes the control type's switch for power limits, which has no say in counting. */
    PowercapTree enabled(String type, String content) {
        write(devices.resolve(type).resolve("enabled"), content);
        return this;
    }

    /** Takes the directories away and leaves the links, as a container's runtime does that masks the devices. */
    PowercapTree masked() {
        delete(devices);
        make(devices);
        return this;
    }

    /**
     * Takes a zone away as the kernel does when the last processor of its package goes offline; who has its counter open
     * reads nothing more from it.
     */
    PowercapTree unplug(String id) {
        energy(id, "");
        delete(links.resolve(id));
        delete(directory(id));
        return this;
    }

    PowercapTree energy(String id, String content) {
        write(directory(id).resolve("energy_uj"), content);
        return this;
    }

    /** Writes another file and renames it, as a program does that copies a host's counters for its guests. */
    PowercapTree replace(String id, String content) {
        Path energy = directory(id).resolve("energy_uj");
        write(energy.resolveSibling("energy_uj.new"), content);
        try {
            Files.move(energy.resolveSibling("energy_uj.new"), energy, StandardCopyOption.ATOMIC_MOVE);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes {@code energy_uj} fail when it is opened, for root as for anyone. */
    PowercapTree lock(String id) {
        Path energy = directory(id).resolve("energy_uj");
        try {
            Files.delete(energy);
            Files.createDirectory(energy);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PowercapTree unlock(String id, String content) {
        Path energy = directory(id).resolve("energy_uj");
        try {
            Files.delete(energy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(energy, content);
        return this;
    }

    static void write(Path file, String content) {
        try {
            Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
