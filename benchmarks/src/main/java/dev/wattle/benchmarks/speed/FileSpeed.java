/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.speed;

import dev.wattle.core.file.KernelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Repeated reading of a number from a file that stays open. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FileSpeed {

    private static final int BYTES = 32;

    /** A plain file, a file that the kernel generates at each read, and a file of sysfs as energy counters are. */
    @Param({"temporary", "/proc/self/oom_score", "/sys/devices/system/cpu/cpu0/topology/core_id"})
    public String path = "";

    private KernelFile file = new KernelFile(Path.of(""), BYTES);
    private Path temporary = Path.of("");

    @Setup
    public void open() throws IOException {
        temporary = Files.writeString(Files.createTempFile("energy_uj", null), "262143328850\n");
        file = new KernelFile(path.equals("temporary") ? temporary : Path.of(path), BYTES);
        if (read() < 0) {
            throw new IOException("no number in " + path);
        }
    }

    @TearDown
    public void close() throws IOException {
        file.close();
        Files.delete(temporary);
    }

    @Benchmark
    public long read() {
        return file.refresh() ? file.onlyNumber() : KernelFile.NONE;
    }
}
