/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.probes.nvml.VisibleDevices.MigDevice;
import dev.wattle.probes.nvml.VisibleDevices.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of CUDA's programming guide. */
class VisibleDevicesTest {
    private static final List<Named> FOUR = List.of(
            board(0, "GPU-8932f937-d72c-4106-c12f-20bd9faed9f6"),
            board(1, "GPU-8932aaaa-0000-0000-0000-000000000001"),
            board(2, "GPU-4f6b2a1c-0000-0000-0000-000000000002"),
            board(3, "GPU-4f6b2a1d-0000-0000-0000-000000000003"));

    private static Named board(int index, String uuid) {
        return new Named(index, uuid, "NVIDIA H100 80GB HBM3", 9, 0, List.of());
    }

    @Test
    void withoutTheVariableAllAreVisible() {
        assertThat(VisibleDevices.of(Map.of(), FOUR)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'',                    -",
                "'0',                   0",
                "'3,1',                 1 3",
                "' 2 , 0 ',             0 2",
                "'0,2,-1,1',            0 2",
                "'0,9,1',               0",
                "'-1',                  -",
                "'NoDevFiles',          -",
                "'1,1',                 1",
                "'0,,1',                0",
                "'GPU-4f6b2a1c',        2",
                "'GPU-4f6b2a1d-0000-0000-0000-000000000003,0', 0 3",
                "'GPU-8932f937,GPU-8932a', 0 1",
                "'GPU-8932',            -",
                "'GPU-',                -",
                "'1,GPU-8932,2',        1",
                "'MIG-00000000-0000-0000-0000-000000000000', -",
                "'99999999999',         -"
            })
    void namesTheDevices(String list, String expected) {
        Set<Integer> indices = expected == null
                ? Set.of()
                : Arrays.stream(expected.split(" ", -1)).map(Integer::valueOf).collect(Collectors.toSet());

        assertThat(visible(list, FOUR).keySet()).isEqualTo(indices);
    }

    @Test
    void indicesCountTheNewerArchitectureFirstUnlessByPciAddress() {
        List<Named> mixed = List.of(
                new Named(0, "GPU-a", "Tesla T4", 7, 5, List.of()),
                new Named(1, "GPU-b", "NVIDIA H100 PCIe", 9, 0, List.of()),
                new Named(2, "GPU-c", "NVIDIA A100-PCIE-40GB", 8, 0, List.of()));

        assertThat(visible("0", mixed).keySet()).containsExactly(1);
        assertThat(visible("2", mixed).keySet()).containsExactly(0);
        assertThat(VisibleDevices.of(Map.of("CUDA_VISIBLE_DEVICES", "0", "CUDA_DEVICE_ORDER", "PCI_BUS_ID"), mixed)
                        .orElseThrow()
                        .keySet())
                .containsExactly(0);
    }

    @Test
    void aMigDeviceIsAShareOfItsDeviceAndTheOnlyOne() {
        Named cut = new Named(
                1,
                "GPU-b",
                "NVIDIA A100-SXM4-80GB",
                8,
                0,
                List.of(
                        new MigDevice("MIG-11111111-0000", "MIG-GPU-b/1/0", 3 / 7.0),
                        new MigDevice("MIG-22222222-0000", "MIG-GPU-b/5/0", 1 / 7.0)));
        List<Named> devices = List.of(FOUR.get(0), cut);

        assertThat(visible("MIG-22222222-0000", devices)).isEqualTo(Map.of(1, 1 / 7.0));
        assertThat(visible("MIG-GPU-b/1/0", devices)).isEqualTo(Map.of(1, 3 / 7.0));
        assertThat(visible("MIG-11111111-0000,MIG-22222222-0000,0", devices)).isEqualTo(Map.of(1, 3 / 7.0));
        assertThat(visible("1", devices)).isEqualTo(Map.of(1, 3 / 7.0));
        assertThat(visible("GPU-b", devices)).isEqualTo(Map.of(1, 3 / 7.0));
    }

    private static Map<Integer, Double> visible(String list, List<Named> devices) {
        Optional<Map<Integer, Double>> visible = VisibleDevices.of(
                Map.of("CUDA_VISIBLE_DEVICES", list, "CUDA_DEVICE_ORDER", devices == FOUR ? "PCI_BUS_ID" : ""),
                devices);
        return visible.orElseThrow();
    }
}
