/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any tree, sensible or not. */
class HwmonLawsTest {
    /** What is measured twice where both are metered: a whole before its parts. */
    private static final Map<String, List<String>> PARTS = Map.of(
            "Module Power Socket", List.of("Grace Power Socket", "CPU Power Socket", "SysIO Power Socket"),
            "Grace Power Socket", List.of("CPU Power Socket", "SysIO Power Socket"),
            "VDD_IN", List.of("VDD_GPU_SOC", "VDD_CPU_CV", "VIN_SYS_5V0", "VDDQ_VDD2_1V8AO", "GPU", "CPU", "VDDRQ"),
            "VIN_SYS_5V0", List.of("VDDQ_VDD2_1V8AO"),
            "card", List.of("pkg"),
            "i915", List.of("i915_gt0", "i915_gt1"));

    /** One monitor: what its driver is, whose device it belongs to, and what it shows. */
    record Seen(String driver, int unit, List<String> labels) {}

    /** What a domain measures, and of which board, socket or module. */
    record Measured(String what, String of) {}

    @Property(tries = 100)
    void nothingIsMeteredBothAsAWholeAndAsAPart(
            @ForAll("machines") List<Seen> machine, @ForAll boolean gpuMeteredOtherwise) throws IOException {
        Path sys = Files.createTempDirectory("hwmon");
        try {
            List<EnergyDomain> domains = domains(tree(sys, machine), gpuMeteredOtherwise);
            List<Measured> measured =
                    domains.stream().map(HwmonLawsTest::measured).toList();

            assertThat(domains).extracting(EnergyDomain::source).doesNotHaveDuplicates();
            assertThat(domains).extracting(EnergyDomain::device).doesNotHaveDuplicates();
            assertThat(measured).doesNotHaveDuplicates();
            for (Measured whole : measured) {
                for (String part : PARTS.getOrDefault(whole.what(), List.of())) {
                    assertThat(measured).doesNotContain(new Measured(part, whole.of()));
                }
            }
            if (gpuMeteredOtherwise) {
                assertThat(measured).extracting(Measured::what).doesNotContain("Module Power Socket");
            }
        } finally {
            HwmonTree.delete(sys);
        }
    }

    @Property(tries = 60)
    void everyBoardAndSocketThatReportsItsOwnPowerIsMetered(@ForAll("machines") List<Seen> machine) throws IOException {
        Path sys = Files.createTempDirectory("hwmon");
        try {
            Set<String> metered = domains(tree(sys, machine), false).stream()
                    .map(domain -> measured(domain).of())
                    .collect(Collectors.toSet());
            Set<String> expected = new HashSet<>();
            for (Seen seen : machine) {
                switch (seen.driver()) {
                    case "amdgpu", "nouveau", "i915", "i915_gt0", "i915_gt1" -> expected.add(slot(seen));
                    case "power_meter" ->
                        expected.addAll(seen.labels().isEmpty() ? List.of() : List.of("socket " + seen.unit()));
                    default -> {
                        // Whether a counter or a rail is known depends on its label.
                    }
                }
            }

            assertThat(metered).containsAll(expected);
        } finally {
            HwmonTree.delete(sys);
        }
    }

    @Provide
    Arbitrary<List<Seen>> machines() {
        Arbitrary<Integer> units = Arbitraries.integers().between(0, 2);
        Arbitrary<Seen> boards = Combinators.combine(
                        Arbitraries.of("amdgpu", "nouveau", "i915", "i915_gt0", "i915_gt1", "coretemp"), units)
                .as((driver, unit) -> new Seen(driver, unit, List.of()));
        Arbitrary<Seen> cards = labelled("xe", units, List.of("card", "pkg", "vram"), 2);
        Arbitrary<Seen> meters = labelled(
                "power_meter",
                units,
                List.of("Module Power Socket", "Grace Power Socket", "CPU Power Socket", "SysIO Power Socket"),
                1);
        Arbitrary<Seen> rails = labelled(
                "ina3221",
                units,
                List.of("VDD_IN", "VDD_GPU_SOC", "VDD_CPU_CV", "VIN_SYS_5V0", "VDDQ_VDD2_1V8AO", "GPU", "VDDRQ", "NC"),
                3);
        return Arbitraries.oneOf(boards, cards, meters, rails).list().ofMaxSize(8);
    }

    private static Arbitrary<Seen> labelled(String driver, Arbitrary<Integer> units, List<String> labels, int most) {
        Arbitrary<List<String>> shown =
                Arbitraries.of(labels).list().uniqueElements().ofMaxSize(most);
        return Combinators.combine(units, shown).as((unit, some) -> new Seen(driver, unit, some));
    }

    private static HwmonTree tree(Path sys, List<Seen> machine) {
        HwmonTree tree = new HwmonTree(sys);
        for (int number = 0; number < machine.size(); number++) {
            Seen seen = machine.get(number);
            switch (seen.driver()) {
                case "power_meter" ->
                    tree.acpi(
                            number,
                            seen.labels().isEmpty() ? "" : seen.labels().get(0) + " " + seen.unit(),
                            50_000_000);
                case "ina3221" ->
                    tree.ina3221(number, number + "-0040", seen.labels().toArray(String[]::new));
                case "xe" -> {
                    tree.pci(number, slot(seen), "8086:E20B", "xe");
                    for (int i = 1; i <= seen.labels().size(); i++) {
                        tree.with(number, "energy" + i + "_input", "7")
                                .with(
                                        number,
                                        "energy" + i + "_label",
                                        seen.labels().get(i - 1));
                    }
                }
                default ->
                    tree.pci(number, slot(seen), "1002:740F", seen.driver())
                            .with(number, "power1_input", "9000000")
                            .with(number, "energy1_input", "7");
            }
        }
        return tree;
    }

    /** Drivers share no device, but the monitors of one driver may. */
    private static String slot(Seen seen) {
        String driver = seen.driver().startsWith("i915") ? "i915" : seen.driver();
        int bus = 1 + 4 * List.of("amdgpu", "nouveau", "i915", "xe", "coretemp").indexOf(driver) + seen.unit();
        return String.format("0000:%02x:00.0", bus);
    }

    private static Measured measured(EnergyDomain domain) {
        String name = domain.name();
        if (name.contains(" Power Socket ")) {
            int at = name.lastIndexOf(' ');
            return new Measured(name.substring(0, at), "socket " + name.substring(at + 1));
        }
        if (domain.device().startsWith("rail-")) {
            return new Measured(name, "module");
        }
        Path input = Path.of(domain.source());
        Path label = input.resolveSibling(String.valueOf(input.getFileName()).replace("_input", "_label"));
        Path device = input.resolve("../../..").normalize();
        return new Measured(
                text(Files.exists(label) ? label : input.resolveSibling("name")), String.valueOf(device.getFileName()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<EnergyDomain> domains(HwmonTree tree, boolean gpuMeteredOtherwise) {
        return HwmonProbe.find(tree.root(), gpuMeteredOtherwise ? MeteredElsewhere.GPUS : MeteredElsewhere.NOTHING)
                .probe()
                .map(EnergyProbe::domains)
                .orElse(List.of());
    }
}
