/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.Tools;
import dev.wattle.probes.nvml.FakeNvml;
import dev.wattle.probes.nvml.GpuProcess;
import dev.wattle.probes.nvml.GpuScript;
import dev.wattle.probes.nvml.NvmlMachine;
import dev.wattle.probes.nvml.Power;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that measures a real NVIDIA machine, carried to a machine whose driver is a stand-in. */
@Tag("long")
class GpuBenchmarkIT {
    private static final long MOST_BYTES = 64L << 20;

    /** A row of energies ends with three ratios. */
    private static final Pattern ENERGIES = Pattern.compile(
            "\\| (idle|steady|burst|stepped) (?:\\| [0-9.]+ ){4}\\| ([0-9.]+) \\| ([0-9.]+) \\| ([0-9.]+) \\|");

    @Test
    void measuresEverythingItPromisesWithNothingButTheDriver(@TempDir Path directory) throws Exception {
        Path folder = directory.resolve("folder");
        Path cuda = fakeCuda(directory);
        FakeNvml nvml = NvmlMachine.with(GpuScript.h100()
                        .power(Power.constant(500))
                        .process(GpuProcess.self().sm(100)))
                .realTime()
                .install(Files.createDirectory(directory.resolve("nvml")));
        Path script = Path.of("..", "benchmarks", "gpu").toAbsolutePath().normalize();

        run(directory, script, "prepare", folder, "--agent", HostJvm.agentJar());
        assertThat(bytesIn(folder)).isLessThan(MOST_BYTES);
        run(
                directory,
                Tools.program("env"),
                "-i",
                "PATH=/usr/bin:/bin",
                folder.resolve("gpu"),
                "--seconds",
                "3",
                "--nvml",
                nvml.library(),
                "--cuda",
                cuda);
        String report = Files.readString(directory.resolve("gpu.md"));

        assertThat(report)
                .contains(
                        "NVIDIA H100 80GB HBM3, driver 550.54.15",
                        "| `nvmlDeviceGetTotalEnergyConsumption` | 0 |",
                        "| `nvmlDeviceGetFieldValues(185)` | 0 |",
                        "| `field 191` |",
                        "This process on the GPU's list of compute processes: yes.",
                        "| bare |",
                        "| metered |",
                        "custom \"gpu benchmark\"",
                        "gpu-0");
        Matcher energies = ENERGIES.matcher(report);
        int loads = 0;
        while (energies.find()) {
            loads++;
            // Power is constant: how late a busy machine closes a window is all that sets them apart.
            assertThat(Double.parseDouble(energies.group(2)))
                    .as(energies.group())
                    .isBetween(0.7, 1.4);
            assertThat(Double.parseDouble(energies.group(4)))
                    .as(energies.group())
                    .isBetween(0.7, 1.4);
        }
        assertThat(loads).as(report).isEqualTo(4);
    }

    private static Path fakeCuda(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("fake_cuda.c");
        try (InputStream in = Objects.requireNonNull(FakeNvml.class.getResourceAsStream("fake_cuda.c"))) {
            Files.copy(in, source);
        }
        Path library = directory.resolve("libcuda.so.1");
        run(
                directory,
                Tools.program("gcc"),
                "-std=c11",
                "-shared",
                "-fPIC",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-o",
                library,
                source);
        return library;
    }

    private static long bytesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void run(Path directory, Object... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        List.of(command).stream().map(String::valueOf).toList())
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
