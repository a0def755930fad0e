/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.probes.ProcTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuSightingsTest {
    @TempDir
    Path root;

    @Test
    void namesEveryNvidiaBoardOnALineOfItsOwn() {
        new ProcTree(root)
                .file("driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15\n")
                .file("driver/nvidia/gpus/0000:17:00.0/information", "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ: 1\n")
                .file("driver/nvidia/gpus/0000:65:00.0/information", "Model: \t\t Tesla T4\n");

        assertThat(GpuSightings.nvidia(root, Optional.empty()))
                .containsExactly(
                        "NVIDIA GPU NVIDIA H100 80GB HBM3 found; it is not metered, and its energy is missing from"
                                + " every total.",
                        "NVIDIA GPU Tesla T4 found; it is not metered, and its energy is missing from every total.");
    }

    @Test
    void aDriverWithoutBoardsIsStillSaid() {
        new ProcTree(root).file("driver/nvidia/version", "NVRM version: 550\n");

        assertThat(GpuSightings.nvidia(root, Optional.empty()))
                .singleElement()
                .asString()
                .contains("driver");
    }

    @Test
    void aManagementLibraryAloneIsSaidWhereItExists() throws Exception {
        Path library = Files.createFile(root.resolve("libnvidia-ml.so.1"));

        assertThat(GpuSightings.nvidia(root, Optional.of(library))).hasSize(1);
        assertThat(GpuSightings.nvidia(root, Optional.of(root.resolve("no.so"))))
                .isEmpty();
        assertThat(GpuSightings.nvidia(root, Optional.empty())).isEmpty();
    }
}
