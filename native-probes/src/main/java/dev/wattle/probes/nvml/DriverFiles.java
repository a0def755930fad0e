/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads what a loaded NVIDIA driver shows in files, without its library. */
final class DriverFiles {
    private DriverFiles() {}

    /** The names of the boards under {@code driver/nvidia}, or one name for all; empty if no driver is loaded. */
    static List<String> boards(Path procRoot) {
        Path driver = procRoot.resolve("driver/nvidia");
        if (!Files.exists(driver.resolve("version"))) {
            return List.of();
        }
        try (Stream<Path> gpus = Files.list(driver.resolve("gpus"))) {
            List<String> boards =
                    gpus.sorted().map(gpu -> model(gpu.resolve("information"))).toList();
            return boards.isEmpty() ? List.of("NVIDIA GPUs") : boards;
        } catch (IOException | UncheckedIOException hidden) {
            return List.of("NVIDIA GPUs");
        }
    }

    private static String model(Path information) {
        try (Stream<String> lines = Files.lines(information, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("Model:"))
                    .map(line -> line.substring("Model:".length()).strip())
                    .findFirst()
                    .orElse("an NVIDIA GPU");
        } catch (IOException | UncheckedIOException unreadable) {
            return "an NVIDIA GPU";
        }
    }
}
