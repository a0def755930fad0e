/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.core.estimate.Product;
import dev.wattle.core.estimate.ProductMatch;
import dev.wattle.probes.model.BoardModel;
import dev.wattle.probes.model.ModelSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHardwareTest {

    @ParameterizedTest
    @CsvSource({
        "V100, 250, 300",
        "v100 pcie, 250, 250",
        "V100-SXM2, 300, 300",
        "V100 SXM2 32 GB, 300, 300",
        "Tesla V100-SXM2-16GB, 300, 300",
        "h100, 350, 700",
        "H100 SXM5 80GB, 700, 700",
        "NVIDIA H100 80GB HBM3, 700, 700",
        "H100 PCIe 80GB, 350, 350",
        "A100, 250, 400",
        "A100 80GB, 300, 400",
        "a100_40gb-pcie, 250, 250",
        "NVIDIA A100-SXM4-80GB, 400, 400",
        "RTX 3090, 350, 350",
        "rtx3090, 350, 350",
        "RTX 3080 TI, 350, 350",
        "3080ti, 350, 350",
        "4090, 450, 450",
        "GeForce GTX 1080, 180, 180",
        "Titan RTX, 280, 280",
        "RTX 8000, 260, 260",
        "T4, 70, 70",
        "L40, 300, 300",
        "K80, 300, 300",
        "TPU v3, 450, 450",
        "TPUv2, 280, 280",
        "TPUv2 Chip, 280, 280",
        "MI250X, 500, 500",
        "Gaudi 2, 600, 600",
    })
    void anAcceleratorIsFoundByTheNameThatPeopleWrite(String name, double least, double most) throws Exception {
        ProductMatch.Found found = accelerator(name);

        assertThat(found.variants())
                .extracting(Product::watts)
                .contains(least, most)
                .allSatisfy(watts -> assertThat(watts).isBetween(least, most));
    }

    @ParameterizedTest
    @CsvSource({
        "EPYC 7763, 280",
        "AMD EPYC 7763 64-Core Processor, 280",
        "7763, 280",
        "Xeon Gold 6148, 150",
        "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz, 150",
        "E5-2650, 105",
        "Xeon E5-2699 v3, 145",
        "i9-12900K, 125",
        "Ryzen 9 5950X, 105",
        "5950x, 105",
    })
    void aProcessorIsFoundByTheNameThatPeopleWrite(String name, double watts) throws Exception {
        assertThat(processor(name).variants())
                .isNotEmpty()
                .allSatisfy(product -> assertThat(product.watts()).isEqualTo(watts));
    }

    @Test
    void everyBoardAndProcessorIsFoundByItsOwnName() {
        assertThat(BoardModel.boards())
                .allSatisfy(row -> assertThat(accelerator(row.text("token")).variants())
                        .extracting(Product::name)
                        .contains(row.text("token")));
        assertThat(Product.otherAccelerators())
                .allSatisfy(product ->
                        assertThat(accelerator(product.name()).variants()).contains(product));
        assertThat(ModelSource.processors())
                .allSatisfy(row -> assertThat(processor(row.text("token")).variants())
                        .extracting(Product::name)
                        .contains(row.text("token")));
    }

    @ParameterizedTest
    @CsvSource({
        "H101, 'H100'",
        "V100 SXM3, 'Tesla V100-SXM2-16GB'",
        "K40, 'Tesla K40m'",
        "MI301X, 'Instinct MI300X'",
    })
    void anUnknownNameIsRefusedWithSimilarOnes(String name, String suggestion) {
        assertThatThrownBy(() -> accelerator(name))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--gpu '" + name + "' is not in the tables; did you mean ")
                .hasMessageContaining(suggestion)
                .hasMessageContaining("--power W")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"titan", "RTX", "TPU", "Gaudi"})
    void anAmbiguousNameIsRefusedWithWhatItMayBe(String name) {
        assertThatThrownBy(() -> accelerator(name))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--gpu '" + name + "' may be ")
                .hasMessageEndingWith("; write the whole name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "-", "NVIDIA", "80GB", "☃"})
    void aNameThatIsNothingIsRefused(String name) {
        assertThatThrownBy(() -> accelerator(name))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--gpu '" + name + "' is not in the tables. ");
    }

    private static ProductMatch.Found accelerator(String name) throws UsageException {
        return KnownHardware.find(KnownHardware.accelerators(), EstimateOption.GPU, name);
    }

    private static ProductMatch.Found processor(String name) throws UsageException {
        return KnownHardware.find(KnownHardware.processors(), EstimateOption.CPU, name);
    }
}
