/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.probes.source.Fix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How to fix a machine on which NVML cannot be used. */
final class NvmlFixes {
    /** A driver opens a few files for each GPU. */
    private static final int MIN_FREE_FILES = 16;

    private static final List<Fix> ASK_DRIVER =
            List.of(new Fix("see what the driver reports", "nvidia-smi", "sudo dmesg | grep -i nvrm"));

    private NvmlFixes() {}

    /** If the library cannot be loaded. */
    static List<Fix> ofLoading(Path procRoot) {
        return isOutOfFiles(procRoot) ? List.of(Fix.moreOpenFiles()) : List.of();
    }

    /** If the library cannot be initialised. Without free file descriptors, the code says nothing. */
    static List<Fix> of(int code, Path procRoot) {
        return isOutOfFiles(procRoot) ? List.of(Fix.moreOpenFiles()) : of(code);
    }

    private static List<Fix> of(int code) {
        return switch (code) {
            case NvmlReturn.DRIVER_NOT_LOADED ->
                List.of(new Fix("load the driver", "sudo modprobe nvidia", "nvidia-smi"));
            case NvmlReturn.LIB_RM_VERSION_MISMATCH ->
                List.of(new Fix(
                        "if the driver was updated and the old one still runs, reboot; or, while nothing uses a GPU",
                        "sudo rmmod nvidia_uvm nvidia_drm nvidia_modeset nvidia",
                        "sudo modprobe nvidia"));
            case NvmlReturn.NO_PERMISSION, NvmlReturn.OPERATING_SYSTEM ->
                List.of(
                        new Fix("see who may open the driver's device files", "ls -l /dev/nvidiactl /dev/nvidia[0-9]*"),
                        new Fix("in a container, give it access to the GPUs", "docker run --gpus all IMAGE"));
            case NvmlReturn.UNKNOWN -> ofLostDevices();
            default -> ASK_DRIVER;
        };
    }

    /**
     * If systemd manages a container's cgroup, reloading systemd (systemctl daemon-reload, an update of the host) removes the
     * devices that it does not know, which are the GPUs (NVIDIA container toolkit, troubleshooting, since 2023).
     */
    private static List<Fix> ofLostDevices() {
        return List.of(
                new Fix(
                        "in a container, see whether it can still open the GPUs' device files; if the answer is 'Operation not"
                                + " permitted', a reload of the host's systemd has removed them, and the container must be"
                                + " restarted",
                        "head -c 0 /dev/nvidiactl"),
                new Fix(
                        "on the host, keep them after a reload",
                        "sudo nvidia-ctk system create-dev-char-symlinks --create-all",
                        "docker run --gpus all --device /dev/nvidiactl --device /dev/nvidia-uvm --device /dev/nvidia0 IMAGE"),
                new Fix("outside a container, see what the driver reports", "nvidia-smi", "sudo dmesg | grep -i nvrm"));
    }

    /** Whether this process has almost no file descriptors left. */
    private static boolean isOutOfFiles(Path procRoot) {
        try (Stream<Path> open = Files.list(procRoot.resolve("self/fd"));
                Stream<String> limits = Files.lines(procRoot.resolve("self/limits"))) {
            long maximum = limits.filter(line -> line.startsWith("Max open files"))
                    .map(line ->
                            line.substring("Max open files".length()).strip().split("\\s+", 2)[0])
                    .filter(soft -> soft.matches("\\d{1,18}"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
            return open.count() + MIN_FREE_FILES > maximum;
        } catch (IOException e) {
            // The check itself needs a file descriptor.
            return String.valueOf(e.getMessage()).contains("Too many open files");
        }
    }
}
