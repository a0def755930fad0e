/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The places where hardware is read. Containers and tests use others.
 *
 * @param powercapRoot {@code /sys/class/powercap}
 * @param perfRoot {@code /sys/bus/event_source/devices}
 * @param cpuRoot {@code /sys/devices/system/cpu}
 * @param hwmonRoot {@code /sys/class/hwmon}
 * @param procRoot {@code /proc}
 * @param cgroupRoot {@code /sys/fs/cgroup}
 * @param nvmlLibrary NVIDIA's management library, if there is one
 */
public record Hardware(
        Path powercapRoot,
        Path perfRoot,
        Path cpuRoot,
        Path hwmonRoot,
        Path procRoot,
        Path cgroupRoot,
        Optional<Path> nvmlLibrary) {

    /** The places on this system. */
    public static Hardware ofThisMachine() {
        return new Hardware(
                Path.of("/sys/class/powercap"),
                Path.of("/sys/bus/event_source/devices"),
                Path.of("/sys/devices/system/cpu"),
                Path.of("/sys/class/hwmon"),
                Path.of("/proc"),
                Path.of("/sys/fs/cgroup"),
                installedNvml());
    }

    /** The file with this exact name: a version other than the driver's does not work. */
    private static Optional<Path> installedNvml() {
        return (System.getProperty("os.name", "").startsWith("Windows") ? onWindows() : onLinux())
                .filter(Files::exists)
                .findFirst();
    }

    private static Stream<Path> onLinux() {
        Stream<String> searched =
                Stream.of(environment("LD_LIBRARY_PATH").split(":", -1)).filter(directory -> directory.startsWith("/"));
        Stream<String> defaults = Stream.of(
                "/usr/lib/x86_64-linux-gnu",
                "/usr/lib/aarch64-linux-gnu",
                "/usr/lib64",
                "/usr/lib",
                "/lib64",
                "/usr/local/nvidia/lib64",
                "/usr/lib/wsl/lib",
                "/run/opengl-driver/lib");
        return Stream.concat(searched, defaults).map(directory -> Path.of(directory, "libnvidia-ml.so.1"));
    }

    private static Stream<Path> onWindows() {
        return Stream.of(
                Path.of(environment("WINDIR"), "System32", "nvml.dll"),
                Path.of(environment("ProgramFiles"), "NVIDIA Corporation", "NVSMI", "nvml.dll"));
    }

    private static String environment(String name) {
        return Objects.requireNonNullElse(System.getenv(name), "");
    }
}
