/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A powercap tree of plain files with the counter of one processor package, as the kernel lays it out. */
final class CounterTree {
    private static final long FIRST = 100_000_000_000L;

    private final Path root;
    private final Path energy;
    private long microjoules = FIRST;

    CounterTree(Path root) throws IOException {
        this.root = root;
        Path zone = Files.createDirectories(root.resolve("intel-rapl").resolve("intel-rapl:0"));
        Files.writeString(zone.resolve("name"), "package-0\n");
        Files.writeString(zone.resolve("max_energy_range_uj"), "262143328850\n");
        this.energy = Files.writeString(zone.resolve("energy_uj"), FIRST + "\n");
    }

    Path root() {
        return root;
    }

    Path energyFile() {
        return energy;
    }

    /** Lets the package use energy. The number keeps its length, so that no reader ever sees half of it. */
    void use(long moreMicrojoules) {
        microjoules += moreMicrojoules;
        try (RandomAccessFile file = new RandomAccessFile(energy.toFile(), "rw")) {
            file.write((microjoules + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
