/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.AccumulatedReadings;
import dev.wattle.probes.powercap.SimulatedMachine.Layout;
import dev.wattle.probes.powercap.SimulatedMachine.Socket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for any tree, sensible or not. */
class PowercapLawsTest {
    private static final List<String> COUNTED = List.of("package-\\d+(-die-\\d+)?", "dram");

    record TopZone(String type, String name, List<String> children) {}

    @Property(tries = 60)
    void noCounterIsReadTwiceAndNoPartOrSumOfAnother(@ForAll("machines") List<TopZone> machine) throws IOException {
        Path sys = Files.createTempDirectory("powercap");
        try {
            List<EnergyDomain> domains = domainsOf(machine, new PowercapTree(sys));

            assertThat(domains).extracting(EnergyDomain::source).doesNotHaveDuplicates();
            assertThat(domains).extracting(EnergyDomain::device).doesNotHaveDuplicates();
            assertThat(domains)
                    .extracting(domain ->
                            Files.readString(Path.of(domain.source(), "name")).strip())
                    .allMatch(name -> COUNTED.stream().anyMatch(name::matches));
        } finally {
            delete(sys);
        }
    }

    @Property(tries = 60)
    void everyPackageNamedAnywhereIsMetered(@ForAll("machines") List<TopZone> machine) throws IOException {
        Path sys = Files.createTempDirectory("powercap");
        try {
            List<String> numbers = domainsOf(machine, new PowercapTree(sys)).stream()
                    .map(domain -> domain.device().split("-", -1)[1])
                    .toList();

            assertThat(numbers)
                    .containsAll(machine.stream()
                            .filter(zone -> zone.name().startsWith("package-"))
                            .map(zone -> zone.name().split("-", -1)[1])
                            .toList());
        } finally {
            delete(sys);
        }
    }

    @Property(tries = 50)
    void whatIsMeteredIsTheTrueEnergyOfAReadableMachine(@ForAll("sockets") List<Socket> sockets) throws IOException {
        withMachine(sockets, machine -> assertThat(meteredMicrojoules(machine)).isEqualTo(machine.microjoules(10_000)));
    }

    @Property(tries = 50)
    void whatIsMeteredIsNeverMoreThanTheTrueEnergy(
            @ForAll("sockets") List<Socket> sockets, @ForAll @Size(max = 4) List<@IntRange(max = 50) Integer> locks)
            throws IOException {
        withMachine(sockets, machine -> {
            locks.forEach(lock -> machine.lock(lock % machine.zones()));

            assertThat(meteredMicrojoules(machine)).isLessThanOrEqualTo(machine.microjoules(10_000));
        });
    }

    private static void withMachine(List<Socket> sockets, Consumer<SimulatedMachine> law) throws IOException {
        Path sys = Files.createTempDirectory("powercap");
        try {
            law.accept(new SimulatedMachine(new PowercapTree(sys), sockets));
        } finally {
            delete(sys);
        }
    }

    /** What the probe makes of ten seconds, in all. */
    private static long meteredMicrojoules(SimulatedMachine machine) {
        Optional<EnergyProbe> probe = new PowercapSearch(machine.tree().root(), millis -> machine.advance(50))
                .find("")
                .probe();
        if (probe.isEmpty()) {
            return 0;
        }
        try (EnergyProbe reading = probe.get()) {
            AccumulatedReadings energy = new AccumulatedReadings(reading);
            energy.readAt(0);
            for (int second = 1; second <= 10; second++) {
                machine.advance(1_000);
                energy.readAt(second);
            }
            return reading.domains().stream()
                    .mapToLong(domain -> energy.microjoules(domain.device()))
                    .sum();
        }
    }

    @Provide
    Arbitrary<List<Socket>> sockets() {
        Arbitrary<Layout> layouts = Arbitraries.of(Layout.class);
        Arbitrary<Integer> watts = Arbitraries.integers().between(10, 500);
        Arbitrary<Integer> memoryWatts = Arbitraries.integers().between(0, 60);
        return Combinators.combine(layouts, watts, memoryWatts)
                .as((layout, power, memory) -> new Socket(layout, power, layout == Layout.MIRRORED_DIES ? 0 : memory))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<TopZone>> machines() {
        Arbitrary<String> types = Arbitraries.of("intel-rapl", "intel-rapl", "intel-rapl-mmio");
        Arbitrary<String> names = Arbitraries.of(
                "package-0", "package-1", "package-11", "package-0-die-0", "package-0-die-1", "psys", "dram", "core");
        Arbitrary<List<String>> children =
                Arbitraries.of("core", "uncore", "dram", "psys").list().ofMaxSize(3);
        return Combinators.combine(types, names, children)
                .as(TopZone::new)
                .list()
                .ofMaxSize(8);
    }

    private static List<EnergyDomain> domainsOf(List<TopZone> machine, PowercapTree tree) {
        for (int i = 0; i < machine.size(); i++) {
            TopZone zone = machine.get(i);
            String id = zone.type() + ":" + i;
            tree.zone(id, zone.name(), 1_000 + i);
            for (int child = 0; child < zone.children().size(); child++) {
                tree.zone(id + ":" + child, zone.children().get(child), 1);
            }
        }
        return new PowercapSearch(tree.root(), millis -> {})
                .find("")
                .probe()
                .map(EnergyProbe::domains)
                .orElse(List.of());
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
