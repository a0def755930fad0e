/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {

    /** Label and name of each domain, and the labels of those that go. */
    @ParameterizedTest
    @CsvSource({
        "grace-0 module-0 gpu-1, grace-0",
        "grace-cpu-0 grace-sysio-0 module-0, grace-cpu-0 grace-sysio-0",
        "grace-0 gpu-0, ''",
        "package-0 module-0, ''",
        "rail-vdd-in gpu-0=Orin_(nvgpu), gpu-0",
        "rail-vin gpu-0=NVIDIA_Thor, gpu-0",
        "rail-vdd-gpu-soc rail-vdd-cpu-cv gpu-0=Orin_(nvgpu), ''",
        "rail-vdd-in gpu-0=NVIDIA_RTX_A6000, ''",
        "package-0 dram-0 gpu-0=NVIDIA_H100, ''",
    })
    void whatAnotherDomainHoldsIsToGo(String present, String goes) {
        List<EnergyDomain> domains =
                Stream.of(present.split(" ")).map(OverlapTest::domain).toList();

        assertThat(domains.stream()
                        .filter(domain -> Overlap.holderOf(domain, domains).isPresent())
                        .map(EnergyDomain::device))
                .containsExactlyElementsOf(Stream.of(goes.split(" "))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    private static EnergyDomain domain(String words) {
        String device = words.split("=", 2)[0];
        boolean gpu = device.startsWith("gpu") || device.startsWith("module") || device.startsWith("rail-vdd-gpu");
        return new EnergyDomain(
                gpu ? Component.GPU : Component.CPU,
                device,
                words.substring(words.indexOf('=') + 1).replace('_', ' '),
                "",
                Quality.INTEGRATED,
                Scope.MACHINE,
                "a test",
                new Sensor.Power(0));
    }
}
