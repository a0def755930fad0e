/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.gpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for accelerators in files alone: no library is loaded, no sleeping board is woken. */
public final class GpuSightings {
    private static final String UNMETERED = "; it is not metered, and its energy is missing from every total.";

    private GpuSightings() {}

    /** One sentence for each NVIDIA board; nothing where there is none. */
    public static List<String> nvidia(Path procRoot, Optional<Path> nvmlLibrary) {
        Path driver = procRoot.resolve("driver/nvidia");
        if (Files.exists(driver.resolve("version"))) {
            List<String> boards = entries(driver.resolve("gpus")).stream()
                    .map(board -> "NVIDIA GPU " + model(board.resolve("information")) + " found" + UNMETERED)
                    .toList();
            return boards.isEmpty() ? List.of("An NVIDIA driver is loaded" + UNMETERED) : boards;
        }
        return nvmlLibrary
                .filter(Files::exists)
                .map(library -> List.of("NVIDIA's management library is at " + library
                        + "; a GPU behind it is not metered, and its energy is missing from every total."))
                .orElse(List.of());
    }

    private static String model(Path information) {
        return text(information)
                .lines()
                .filter(line -> line.startsWith("Model:"))
                .map(line -> line.substring("Model:".length()).strip())
                .findFirst()
                .orElse("of unknown model");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static List<Path> entries(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException | UncheckedIOException none) {
            return List.of();
        }
    }
}
