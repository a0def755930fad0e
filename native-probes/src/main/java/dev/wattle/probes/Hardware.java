/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where hardware is read. Containers and tests point elsewhere.
 *
 * @param powercapRoot {@code /sys/class/powercap}
 * @param perfRoot {@code /sys/bus/event_source/devices}
 * @param cpuRoot {@code /sys/devices/system/cpu}
 * @param hwmonRoot {@code /sys/class/hwmon}
 * @param procRoot {@code /proc}
 * @param cgroupRoot {@code /sys/fs/cgroup}
 * @param nvmlLibrary NVIDIA's management library, where there is one
 */
public record Hardware(
        Path powercapRoot,
        Path perfRoot,
        Path cpuRoot,
        Path hwmonRoot,
        Path procRoot,
        Path cgroupRoot,
        Optional<Path> nvmlLibrary) {

    /** The places of the system this JVM runs on. */
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

    private static Optional<Path> installedNvml() {
        return Stream.of(
                        "/usr/lib/x86_64-linux-gnu",
                        "/usr/lib/aarch64-linux-gnu",
                        "/usr/lib64",
                        "/usr/lib",
                        "/usr/local/nvidia/lib64",
                        "/usr/lib/wsl/lib",
                        "/run/opengl-driver/lib")
                .map(directory -> Path.of(directory, "libnvidia-ml.so.1"))
                .filter(Files::exists)
                .findFirst();
    }
}
