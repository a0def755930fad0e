/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import java.nio.file.Path;
import java.util.Optional;

public record Hardware(Path powercapRoot, Path hwmonRoot, Path procRoot, Path cgroupRoot, Optional<Path> nvmlLibrary) {
    public static Hardware ofThisMachine() {
        return new Hardware(
                Path.of("/sys/class/powercap"),
                Path.of("/sys/class/hwmon"),
                Path.of("/proc"),
                Path.of("/sys/fs/cgroup"),
                Optional.empty());
    }
}
