/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.carbon.FigureSources;
import dev.wattle.core.file.TsvTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbodiedFiguresTest {

    private final EmbodiedFigures figures = EmbodiedFigures.bundled();

    @ParameterizedTest
    @CsvSource({
        "NVIDIA H100 80GB HBM3, 164, nvidia-pcf-h100",
        "NVIDIA A100-SXM4-40GB, 127.6, falk-2025",
        "NVIDIA A100 80GB PCIe, 150, luccioni-2022",
        "A100-SXM4-80GB, 150, luccioni-2022",
        "NVIDIA H200, 364, ecologits-2026",
        "NVIDIA B200, 284.25, nvidia-pcf-b200"
    })
    void anAcceleratorIsFoundByTheNameItsDriverReports(String name, double kgCo2e, String source) {
        assertThat(figures.ofAccelerator(name)).hasValueSatisfying(figure -> {
            assertThat(figure.kgCo2e()).isEqualTo(kgCo2e);
            assertThat(figure.source()).isEqualTo(source);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NVIDIA GH200 480GB", "NVIDIA H200 NVL", "NVIDIA H100 PCIe", "NVIDIA GB200", "Tesla T4", "NVIDIA"
            })
    void aBoardWithoutAFigureIsUnknownAndHasNotThatOfALikeName(String name) {
        assertThat(figures.ofAccelerator(name)).isEmpty();
    }

    @Test
    void aFigureSaysItsSourceAndYear() {
        assertThat(figures.ofAccelerator("NVIDIA H200").map(EmbodiedFigure::text))
                .contains("NVIDIA H200, 364 kg (EcoLogits, 2026)");
    }

    @Test
    void everyRowHasABoundaryAYearAndASourceThatIsDeclared() {
        assertThat(TsvTable.load(EmbodiedFigures.class, "embodied.tsv"))
                .extracting(TsvTable.Row::first)
                .doesNotHaveDuplicates();
        assertThat(figures.all()).hasSizeGreaterThan(10).allSatisfy(figure -> {
            assertThat(figure.kgCo2e()).isPositive();
            assertThat(figure.kind()).isIn("accelerator", "server");
            assertThat(figure.boundary()).isNotBlank();
            assertThat(figure.year()).isBetween(2019, 2026);
            assertThat(FigureSources.bundled().find(figure.source())).isPresent();
        });
    }
}
