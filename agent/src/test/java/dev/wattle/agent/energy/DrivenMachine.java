/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import dev.wattle.agent.host.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The powercap tree of a server with two processors, as its kernel lays it out, whose counters advance.
 *
 * <p>Zones are nested in {@code devices/virtual/powercap} and linked from {@code class/powercap} with relative links,
 * children beside their parents, as Linux 6.1 shows them. Each counter draws {@value #IDLE_WATTS} W until
 * {@link #begin()}, and follows its curve from then on. Ranges are those of a Xeon Platinum 8358.
 */
public final class DrivenMachine implements AutoCloseable {
    private static final double IDLE_WATTS = 20;
    private static final long PACKAGE_RANGE = 262_143_328_850L;
    private static final long DRAM_RANGE = 65_712_999_613L;
    private static final long WRITE_NANOS = 1_000_000;

    /** The links in class lead to devices, so both are put where the kernel has them. */
    private static final String MOUNTS = "mount --bind \"$0/class\" /sys/class"
            + " && mount --bind \"$0/devices/virtual\" /sys/devices/virtual && exec \"$@\"";

    private final Path sys;
    private final Map<String, DrivenCounter> counters = new LinkedHashMap<>();
    private final List<Path> energyFiles = new ArrayList<>();
    private final Thread driver = new Thread(this::drive, "powercap-driver");
    private final long startNanos = System.nanoTime();
    private volatile long beginNanos = Long.MAX_VALUE;
    private volatile boolean ended;
    private volatile @Nullable IOException failure;

    private DrivenMachine(Path sys) {
        this.sys = sys;
    }

    /** Makes the tree under {@code sys}; the counter of package-0 wraps some seconds after its curve began. */
    public static DrivenMachine start(Path sys) throws IOException {
        DrivenMachine machine = new DrivenMachine(sys);
        machine.type();
        machine.zone("package-0", "intel-rapl:0", Waveform.constant(150), PACKAGE_RANGE - 900_000_000L, PACKAGE_RANGE);
        machine.zone("dram-0", "intel-rapl:0/intel-rapl:0:0", Waveform.constant(12.5), 41_000_123_456L, DRAM_RANGE);
        machine.zone("package-1", "intel-rapl:1", Waveform.ramp(40, 25), 104_857_600_001L, PACKAGE_RANGE);
        machine.zone("dram-1", "intel-rapl:1/intel-rapl:1:0", Waveform.square(60, 10, 0.7), 999_999_999L, DRAM_RANGE);
        machine.step(System.nanoTime());
        machine.driver.setDaemon(true);
        machine.driver.start();
        return machine;
    }

    /** What {@code /sys/class/powercap} is on a real machine. */
    public Path powercap() {
        return sys.resolve("class").resolve("powercap");
    }

    /** Words that start a command where this tree stands in place of the kernel's; nothing else sees it there. */
    public String[] inPlaceOfTheKernels() {
        String[] namespace = Tools.namespace();
        Tools.need("mounts over the kernel's", namespace[0], namespace[1], "mount", "--bind", "/", "/sys/class");
        return new String[] {namespace[0], namespace[1], "sh", "-c", MOUNTS, sys.toString()};
    }

    /** Takes everyone's right to read the counters, root's by its nature excepted. */
    public void lock() throws IOException {
        for (Path energyFile : energyFiles) {
            Files.setPosixFilePermissions(energyFile, Set.of());
        }
    }

    /** Starts the curves. */
    public void start() {
        beginNanos = System.nanoTime();
    }

    /** The energy of all curves, in microjoules, between two instants since they began, however late it was written. */
    long curves(long fromNanos, long toNanos) {
        long sum = 0;
        for (DrivenCounter counter : counters.values()) {
            sum += counter.curve((fromNanos - beginNanos) * 1e-9, (toNanos - beginNanos) * 1e-9);
        }
        return sum;
    }

    DrivenCounter counter(String device) {
        DrivenCounter counter = counters.get(device);
        if (counter == null) {
            throw new IllegalArgumentException(device);
        }
        return counter;
    }

    List<String> devices() {
        return List.copyOf(counters.keySet());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        ended = true;
        driver.join();
        for (DrivenCounter counter : counters.values()) {
            counter.close();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void drive() {
        long next = System.nanoTime();
        try {
            while (!ended) {
                step(System.nanoTime());
                next += WRITE_NANOS;
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                } else {
                    next -= wait;
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void step(long now) throws IOException {
        long begin = Math.min(beginNanos, now);
        double joulesBefore = IDLE_WATTS * (begin - startNanos) * 1e-9;
        for (DrivenCounter counter : counters.values()) {
            counter.write(joulesBefore, (now - begin) * 1e-9);
        }
    }

    private void type() throws IOException {
        Path type = Files.createDirectories(sys.resolve("devices/virtual/powercap/intel-rapl"));
        Files.createDirectories(powercap());
        write(type.resolve("enabled"), "1");
        Files.createSymbolicLink(type.resolve("subsystem"), Path.of("../../../../class/powercap"));
        link(type);
    }

    private void zone(String device, String nested, Waveform wave, long start, long range) throws IOException {
        Path zone = Files.createDirectories(
                sys.resolve("devices/virtual/powercap/intel-rapl").resolve(nested));
        Path parent = Objects.requireNonNull(zone.getParent()).getFileName();
        write(zone.resolve("name"), device.startsWith("dram") ? "dram" : device);
        write(zone.resolve("enabled"), "1");
        write(zone.resolve("max_energy_range_uj"), Long.toString(range));
        Files.createSymbolicLink(zone.resolve("subsystem"), zone.relativize(powercap()));
        Files.createSymbolicLink(zone.resolve("device"), Path.of("..", "..", String.valueOf(parent)));
        link(zone);
        Path energyFile = zone.resolve("energy_uj");
        energyFiles.add(energyFile);
        counters.put(device, new DrivenCounter(energyFile, wave, start, range));
    }

    private void link(Path directory) throws IOException {
        Files.createSymbolicLink(
                powercap().resolve(directory.getFileName()), powercap().relativize(directory));
    }

    private static void write(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n");
    }
}
