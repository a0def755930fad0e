/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.SourceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is metered on which machine, no domain more and none less. */
class PowercapMachinesTest {
    @TempDir
    Path sys;

    @ParameterizedTest
    @MethodSource
    void hasItsDomains(Function<Path, PowercapTree> machine, List<String> expected) {
        Findings found = find(machine.apply(sys));

        assertThat(devices(found)).isEqualTo(expected);
    }

    static Stream<Arguments> hasItsDomains() {
        List<String> twelve = IntStream.range(0, 12)
                .mapToObj(number -> Stream.of("package-" + number, "dram-" + number))
                .flatMap(devices -> devices)
                .toList();
        return Stream.of(
                machine("laptop, Coffee Lake", PowercapMachines::coffeeLakeLaptop, "package-0", "dram-0"),
                machine("laptop, Tiger Lake", PowercapMachines::tigerLakeLaptop, "package-0"),
                machine("laptop, MMIO alone", PowercapMachines::laptopWithMemoryMappedCountersAlone, "package-0"),
                machine(
                        "server, Skylake",
                        PowercapMachines::skylakeServer,
                        "package-0",
                        "dram-0",
                        "package-1",
                        "dram-1"),
                machine(
                        "server, Sapphire Rapids",
                        PowercapMachines::sapphireRapidsServer,
                        "package-0",
                        "dram-0",
                        "package-1",
                        "dram-1"),
                machine("server, twelve sockets", PowercapMachines::twelveSocketServer, twelve.toArray(String[]::new)),
                machine(
                        "server, Cascade Lake-AP",
                        PowercapMachines::cascadeLakeAdvancedPerformance,
                        "package-0-die-0",
                        "dram-0-die-0",
                        "package-0-die-1",
                        "dram-0-die-1",
                        "package-1-die-0",
                        "dram-1-die-0",
                        "package-1-die-1",
                        "dram-1-die-1"),
                machine("desktop, Zen", PowercapMachines::zenDesktop, "package-0"),
                machine("server, Genoa under Linux 6.10", PowercapMachines::genoaServer, "package-0-die-0"),
                machine(
                        "server without power limits",
                        PowercapMachines::machineWithPowerLimitsSwitchedOff,
                        "package-0",
                        "dram-0",
                        "package-1",
                        "dram-1"),
                machine("board with psys alone", PowercapMachines::boardWithPsysAlone),
                machine("guest with counters at zero", PowercapMachines::guestWithCountersAtZero));
    }

    @Test
    void psysAloneIsNoProcessorAndTheFindingSaysWhy() {
        Finding finding = onlyFinding(PowercapMachines.boardWithPsysAlone(sys));

        assertThat(finding.state()).isEqualTo(SourceState.ABSENT);
        assertThat(finding.what()).contains("psys, which is not metered: it holds the whole board");
    }

    @Test
    void countersThatStandAtZeroMeasureNothingAndTheFindingSaysSo() {
        Finding finding = onlyFinding(PowercapMachines.guestWithCountersAtZero(sys));

        assertThat(finding.state()).isEqualTo(SourceState.REFUSED);
        assertThat(finding.what()).contains("stands at zero", "virtual machines");
        assertThat(finding.missing()).containsExactly("package-0", "dram-0", "package-1");
    }

    @Test
    void aCounterAtZeroThatMovesWhenLookedAtAgainIsMeteredInItsPlace() {
        PowercapTree tree = PowercapMachines.guestWithCountersAtZero(sys);

        Findings found = new PowercapSearch(tree.root(), millis -> tree.energy("intel-rapl:0", "61\n")).find("");

        assertThat(devices(found)).containsExactly("package-0");
        assertThat(found.findings())
                .extracting(Finding::state)
                .containsExactly(SourceState.METERED, SourceState.PARTLY);
        assertThat(found.findings().get(1).note()).startsWith("The energy of dram-0, package-1 is missing from every");
    }

    @Test
    void aPackageThatLeavesZeroKeepsItsPlaceBeforeTheNext() {
        PowercapTree tree = new PowercapTree(sys).socket(0, 0).socket(1, 5_000_000);

        Findings found = new PowercapSearch(tree.root(), millis -> tree.energy("intel-rapl:0", "61\n")).find("");

        assertThat(devices(found)).containsExactly("package-0", "package-1", "dram-1");
    }

    @Test
    void diesOfOneCounterAreCountedOnceAndTheFindingSaysWhich() {
        PowercapTree tree = new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0-die-0", 4_711_000_000L)
                .zone("intel-rapl:1", "package-0-die-1", 4_711_000_000L)
                .zone("intel-rapl:2", "package-1-die-0", 4_711_000_000L)
                .zone("intel-rapl:3", "package-1-die-1", 4_711_000_000L);

        Findings found = find(tree);

        assertThat(devices(found)).containsExactly("package-0-die-0", "package-1-die-0");
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(SourceState.METERED);
            assertThat(finding.what()).contains("package-0-die-1, package-1-die-1 repeat the counter");
        });
    }

    @Test
    void diesOfOneCounterMayShowItHalfAStepApart() {
        PowercapTree tree = new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0-die-0", 4_711_000_000L)
                .zone("intel-rapl:1", "package-0-die-1", 4_711_000_000L - 250_000);

        assertThat(devices(find(tree))).containsExactly("package-0-die-0");
    }

    @Test
    void diesThatStandAtOneValueByChancePartWhenLookedAtAgain() {
        PowercapTree tree = new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0-die-0", 4_711_000_000L)
                .zone("intel-rapl:1", "package-0-die-1", 4_711_000_000L);

        // 50 ms at 180 W and at 120 W.
        Findings found = new PowercapSearch(
                        tree.root(),
                        millis -> tree.energy("intel-rapl:0", "4720000000\n").energy("intel-rapl:1", "4717000000\n"))
                .find("");

        assertThat(devices(found)).containsExactly("package-0-die-0", "package-0-die-1");
        assertThat(found.findings()).singleElement().extracting(Finding::what).isEqualTo("");
    }

    @Test
    void aHealthyMachineIsNotLookedAtTwice() {
        boolean[] twice = {false};

        new PowercapSearch(PowercapMachines.skylakeServer(sys).root(), millis -> twice[0] = true).find("");

        assertThat(twice[0]).isFalse();
    }

    @Test
    void countersThatAContainerMasksAreHiddenAndNotAbsent() {
        Finding finding = onlyFinding(PowercapMachines.skylakeServer(sys).masked());

        assertThat(finding.state()).isEqualTo(SourceState.REFUSED);
        assertThat(finding.note())
                .contains("intel-rapl cannot be looked into", "container's runtime", "/host/powercap")
                .doesNotContain("modprobe");
    }

    @Test
    void zonesThatAreEmptyDirectoriesAreHiddenToo() throws IOException {
        Path zone = Files.createDirectory(sys.resolve("intel-rapl:0"));

        assertThat(PowercapProbe.find(sys, "").findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(SourceState.REFUSED))
                .satisfies(finding -> assertThat(finding.what()).contains(zone + " cannot be looked into"));
    }

    private static Arguments machine(String name, Function<Path, PowercapTree> tree, String... expected) {
        return arguments(named(name, tree), Arrays.asList(expected));
    }

    private static Findings find(PowercapTree tree) {
        return new PowercapSearch(tree.root(), millis -> {}).find("");
    }

    private static Finding onlyFinding(PowercapTree tree) {
        Findings found = find(tree);
        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).hasSize(1);
        return found.findings().get(0);
    }

    private static List<String> devices(Findings found) {
        return found.probe().map(EnergyProbe::domains).orElse(List.of()).stream()
                .map(EnergyDomain::device)
                .toList();
    }
}
