/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.probes.source.Fix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What helps where NVML cannot be used at all. */
final class NvmlRemedies {
    /** A driver opens a few files for each GPU. */
    private static final int FILES_NEEDED = 16;

    private static final List<Fix> ASK_THE_DRIVER =
            List.of(new Fix("see what the driver says", "nvidia-smi", "sudo dmesg | grep -i nvrm"));

    private NvmlRemedies() {}

    /** Where the library itself cannot be loaded. */
    static List<Fix> ofLoading(Path procRoot) {
        return isOutOfFiles(procRoot) ? List.of(Fix.moreOpenFiles()) : List.of();
    }

    /** By what the library said at its start. A driver that may open no file says whatever it likes. */
    static List<Fix> of(int code, Path procRoot) {
        return isOutOfFiles(procRoot) ? List.of(Fix.moreOpenFiles()) : of(code);
    }

    private static List<Fix> of(int code) {
        return switch (code) {
            case NvmlReturn.DRIVER_NOT_LOADED ->
                List.of(new Fix("load the driver", "sudo modprobe nvidia", "nvidia-smi"));
            case NvmlReturn.LIB_RM_VERSION_MISMATCH ->
                List.of(new Fix(
                        "where the driver was updated and the old one still runs, reboot, or with nothing using a GPU",
                        "sudo rmmod nvidia_uvm nvidia_drm nvidia_modeset nvidia",
                        "sudo modprobe nvidia"));
            case NvmlReturn.NO_PERMISSION, NvmlReturn.OPERATING_SYSTEM ->
                List.of(
                        new Fix("see who may open the driver's device files", "ls -l /dev/nvidiactl /dev/nvidia[0-9]*"),
                        new Fix("in a container, let the GPUs in", "docker run --gpus all IMAGE"));
            case NvmlReturn.UNKNOWN -> ofLostDevices();
            default -> ASK_THE_DRIVER;
        };
    }

    /**
     * Where systemd keeps a container's cgroup, a reload of it (systemctl daemon-reload, an update of the host) takes away
     * the devices it does not know of, and those are the GPUs' (NVIDIA container toolkit, troubleshooting, 2023 and later).
     */
    private static List<Fix> ofLostDevices() {
        return List.of(
                new Fix(
                        "in a container, see whether it still may open the GPUs' device files; where it says 'Operation not"
                                + " permitted', a reload of the host's systemd took them away and the container must be"
                                + " started anew",
                        "head -c 0 /dev/nvidiactl"),
                new Fix(
                        "so that a reload leaves them, on the host",
                        "sudo nvidia-ctk system create-dev-char-symlinks --create-all",
                        "docker run --gpus all --device /dev/nvidiactl --device /dev/nvidia-uvm --device /dev/nvidia0 IMAGE"),
                new Fix("elsewhere, see what the driver says", "nvidia-smi", "sudo dmesg | grep -i nvrm"));
    }

    /** Whether this process has about as many files open as it may. */
    private static boolean isOutOfFiles(Path procRoot) {
        try (Stream<Path> open = Files.list(procRoot.resolve("self/fd"));
                Stream<String> limits = Files.lines(procRoot.resolve("self/limits"))) {
            long most = limits.filter(line -> line.startsWith("Max open files"))
                    .map(line ->
                            line.substring("Max open files".length()).strip().split("\\s+", 2)[0])
                    .filter(soft -> soft.matches("\\d{1,18}"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
            return open.count() + FILES_NEEDED > most;
        } catch (IOException e) {
            // To look takes a file, too.
            return String.valueOf(e.getMessage()).contains("Too many open files");
        }
    }
}
