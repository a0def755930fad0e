/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.speed;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.probes.powercap.PowercapProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One reading of a powercap tree with two sockets and their memory: four counters. The tree consists of plain files. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PowercapSpeed implements Readings {

    private Path root = Path.of("");
    private List<EnergyProbe> probes = List.of();
    private long sum;

    @Setup
    public void open() throws IOException {
        root = Files.createTempDirectory("powercap");
        for (int socket = 0; socket < 2; socket++) {
            Path zone = zone(root, "intel-rapl:" + socket, "package-" + socket);
            zone(zone, "intel-rapl:" + socket + ":0", "dram");
        }
        probes = PowercapProbe.find(root, "").probe().stream().toList();
        if (probes.size() != 1 || probes.get(0).domains().size() != 4) {
            throw new IOException("the tree is not read as expected: " + probes);
        }
    }

    @TearDown
    public void close() throws IOException {
        probes.forEach(EnergyProbe::close);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public long read() {
        probes.get(0).read(this);
        return sum;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean wants(int domain) {
        return true;
    }

    @Override
    public void counter(int domain, long beforeNanos, long afterNanos, long microjoules) {
        sum += microjoules;
    }

    @Override
    public void power(int domain, long beforeNanos, long afterNanos, long microwatts) {
        throw new IllegalStateException("a counter gave a power");
    }

    @Override
    public void check(int domain, long beforeNanos, long afterNanos, long microwatts) {
        throw new IllegalStateException("a counter gave a power");
    }

    @Override
    public void failed(int domain) {
        throw new IllegalStateException("a counter could not be read");
    }

    @Override
    public void lost(int domain, String reason) {
        throw new IllegalStateException(reason);
    }

    private static Path zone(Path parent, String directory, String name) throws IOException {
        Path zone = Files.createDirectory(parent.resolve(directory));
        Files.writeString(zone.resolve("name"), name + "\n");
        Files.writeString(zone.resolve("max_energy_range_uj"), "262143328850\n");
        Files.writeString(zone.resolve("energy_uj"), "123456789012\n");
        return zone;
    }
}
