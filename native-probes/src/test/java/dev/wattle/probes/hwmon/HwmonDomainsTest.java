/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HwmonDomainsTest {
    @TempDir
    Path sys;

    private HwmonTree tree;

    @BeforeEach
    void emptyMachine() {
        tree = new HwmonTree(sys);
    }

    @Test
    void anMi210ServerHasItsBoardsInTheOrderOfTheirSlots() {
        tree.mi210Server();

        assertThat(domains())
                .containsExactly(
                        new EnergyDomain(
                                Component.GPU,
                                "amd-gpu-0",
                                "AMD Instinct MI210",
                                "8a5c1d0e2f3b4a69",
                                Quality.INTEGRATED,
                                Scope.MACHINE,
                                tree.file(5, "power1_average").toString(),
                                new Sensor.Power(0, true).withLimit(300_000_000)),
                        new EnergyDomain(
                                Component.GPU,
                                "amd-gpu-1",
                                "AMD Instinct MI210",
                                "1f2e3d4c5b6a7988",
                                Quality.INTEGRATED,
                                Scope.MACHINE,
                                tree.file(4, "power1_average").toString(),
                                new Sensor.Power(0, true).withLimit(300_000_000)));
        assertThat(find().findings()).extracting(Finding::state).containsOnly(SourceState.METERED);
    }

    @Test
    void anMi250ServerHasOneDomainForEachModuleAndNoneThatReadsZero() {
        tree.mi250Server();

        assertThat(sources())
                .containsExactly(
                        tuple("amd-gpu-0", tree.file(0, "power1_average")),
                        tuple("amd-gpu-1", tree.file(2, "power1_average")));
        assertThat(states())
                .containsExactly(SourceState.METERED, SourceState.METERED, SourceState.UNNEEDED, SourceState.UNNEEDED);
    }

    @Test
    void anMi300xReportsItsPresentPower() {
        tree.mi300xServer();

        assertThat(sources()).containsExactly(tuple("amd-gpu-0", tree.file(4, "power1_input")));
        assertThat(domains()).extracting(EnergyDomain::name).containsExactly("AMD GPU 1002:74A1");
    }

    @Test
    void theSocketOfAnMi300aIsNotAddedToItsProcessorAndThatIsSaid() {
        tree.pci(4, "0000:05:00.0", "1002:74A0", "amdgpu").with(4, "power1_input", "137000000");

        assertThat(domains()).isEmpty();
        assertThat(states()).containsExactly(SourceState.REFUSED);
    }

    @Test
    void aDesktopHasItsBoardAndNotTheGpuInItsProcessor() {
        tree.rx7900Desktop();

        assertThat(sources()).containsExactly(tuple("amd-gpu-0", tree.file(2, "power1_average")));
        assertThat(states()).containsExactly(SourceState.METERED, SourceState.UNNEEDED);
    }

    @Test
    void aSleepingBoardIsChosenWithoutALookAtItsPowerAndThatIsSaid() {
        tree.rx7900Desktop().status(2, "suspended").poison(2, "power1_cap");

        assertThat(devices()).containsExactly("amd-gpu-0");
        assertThat(find().findings().get(0).what()).contains("amd-gpu-0 sleeps and is not woken");
    }

    @Test
    void aRyzenLaptopHasNoDomainAndNoWarning() {
        tree.ryzenApuLaptop();

        assertThat(domains()).isEmpty();
        assertThat(states()).containsExactly(SourceState.UNNEEDED);
    }

    @Test
    void anAmdBoardWithoutASensorIsNamed() {
        tree.pci(1, "0000:01:00.0", "1002:6613", "amdgpu").with(1, "device/gpu_busy_percent", "0");

        assertThat(domains()).isEmpty();
        assertThat(find().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(SourceState.REFUSED))
                .extracting(Finding::what)
                .asString()
                .startsWith("The AMD GPU at 0000:01:00.0 reports no power");
    }

    @Test
    void aBoardThatShowsNoPowerWhileItIsAwakeIsNotBelieved() {
        tree.rx7900Desktop().with(2, "power1_average", "0");

        assertThat(domains()).isEmpty();
        assertThat(find().findings().get(0).what()).contains("power1_average shows no power");
    }

    @Test
    void anArcHasTheCounterOfItsDriver() {
        tree.arcA770Workstation();

        assertThat(domains())
                .containsExactly(new EnergyDomain(
                        Component.GPU,
                        "intel-gpu-0",
                        "Intel GPU 8086:56A0",
                        "",
                        Quality.COUNTER,
                        Scope.MACHINE,
                        tree.file(1, "energy1_input").toString(),
                        new Sensor.Counter(0).withLimit(190_000_000)));
    }

    @Test
    void theCounterOfTheCardIsPreferredToThatOfItsChip() {
        tree.arcB580();

        assertThat(sources()).containsExactly(tuple("intel-gpu-0", tree.file(1, "energy1_input")));
    }

    @Test
    void theCounterOfTheChipServesACardThatHasNoOther() {
        tree.arcA770UnderXe();

        assertThat(sources()).containsExactly(tuple("intel-gpu-0", tree.file(1, "energy2_input")));
    }

    @Test
    void theTilesOfABoardAreNotAddedToTheBoard() {
        tree.gpuMax1550();

        assertThat(sources()).containsExactly(tuple("intel-gpu-0", tree.file(3, "energy1_input")));
    }

    @Test
    void theTilesServeABoardThatHasNoCounterOfItsOwnAndThatIsSaid() {
        tree.pci(1, "0000:29:00.0", "8086:0BD5", "i915_gt0")
                .with(1, "energy1_input", "3")
                .pci(2, "0000:29:00.0", "8086:0BD5", "i915_gt1")
                .with(2, "energy1_input", "4")
                .pci(3, "0000:29:00.0", "8086:0BD5", "i915");

        assertThat(devices()).containsExactly("intel-gpu-0-tile-0", "intel-gpu-0-tile-1");
        assertThat(find().findings())
                .extracting(Finding::what)
                .containsExactly(HwmonNotes.tilesAlone("intel-gpu-0"), "");
    }

    @Test
    void aTigerLakeLaptopHasNoDomainAndNoWarning() {
        tree.tigerLakeLaptop();

        assertThat(domains()).isEmpty();
        assertThat(states()).containsExactly(SourceState.UNNEEDED);
    }

    @Test
    void anIntelBoardWhoseDriverIsTooOldForACounterIsNamed() {
        tree.pci(1, "0000:03:00.0", "8086:56A0", "i915");

        assertThat(states()).containsExactly(SourceState.REFUSED);
    }

    @Test
    void aBoardUnderTheFreeDriverIsMetered() {
        tree.pci(1, "0000:01:00.0", "10DE:1184", "nouveau").with(1, "power1_input", "30000000");

        assertThat(sources()).containsExactly(tuple("nouveau-gpu-0", tree.file(1, "power1_input")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGraceHopperHasItsGraceWhicheverSourceMetersTheGpu(boolean gpuMeteredOtherwise) {
        tree.gh200();

        assertThat(domains(gpuMeteredOtherwise))
                .containsExactly(new EnergyDomain(
                        Component.CPU,
                        "grace-0",
                        "Grace Power Socket 0",
                        "",
                        Quality.INTEGRATED,
                        Scope.MACHINE,
                        tree.file(2, "../../power1_average").toString(),
                        new Sensor.Power(25_000_000)));
    }

    @Test
    void aGraceSuperchipHasTwoSockets() {
        tree.graceSuperchip();

        assertThat(sources())
                .containsExactly(
                        tuple("grace-0", tree.file(3, "../../power1_average")),
                        tuple("grace-1", tree.file(6, "../../power1_average")));
    }

    @Test
    void theRailsOfAGraceServeASocketThatHasNoOtherMeterAndTheMemoryIsSaidToBeMissing() {
        tree.acpi(1, "Module Power Socket 0", 282_000_000)
                .acpi(2, "CPU Power Socket 0", 38_000_000)
                .acpi(3, "SysIO Power Socket 0", 17_000_000);

        assertThat(devices()).containsExactly("grace-cpu-0", "grace-sysio-0");
        assertThat(find().findings()).extracting(Finding::what).contains(HwmonNotes.memoryMissing(0));
    }

    @Test
    void aModuleServesWhereNothingElseDoesAndNoGpuIsMeteredOtherwise() {
        tree.acpi(1, "Module Power Socket 0", 282_000_000);

        assertThat(devices()).containsExactly("grace-module-0");
        assertThat(domains(true)).isEmpty();
        assertThat(HwmonProbe.find(tree.root(), MeteredElsewhere.GPUS).findings())
                .extracting(Finding::state)
                .containsExactly(SourceState.REFUSED);
    }

    @Test
    void whereAGpuReportsTheEnergyOfItsWholeModuleNoMeterOfTheSocketIsRead() {
        tree.acpi(1, "Module Power Socket 0", 282_000_000).acpi(2, "Grace Power Socket 0", 101_000_000);

        Findings found = HwmonProbe.find(tree.root(), MeteredElsewhere.MODULES);

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings())
                .extracting(Finding::state)
                .containsExactly(SourceState.UNNEEDED, SourceState.UNNEEDED);
    }

    @Test
    void theAttributesOfAPowerMeterMayLieInItsMonitor() {
        tree.add(1, "platform/ACPI000D:00")
                .with(1, "name", "power_meter")
                .with(1, "power1_oem_info", "Grace Power Socket 0")
                .with(1, "power1_average_interval", "1000")
                .with(1, "power1_average", "101000000");

        assertThat(domains()).extracting(EnergyDomain::sensor).containsExactly(new Sensor.Power(500_000_000));
    }

    @Test
    void thePowerMeterOfAWholeServerIsNeverAdded() {
        tree.xeonWithBmcPowerMeter();

        assertThat(domains()).isEmpty();
        assertThat(find().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(SourceState.UNNEEDED))
                .extracting(Finding::what)
                .asString()
                .contains("measures the whole machine");
    }

    @Test
    void aSocketsMeterUnderANameThatIsNotKnownIsNamed() {
        tree.acpi(1, "Total Power in uW socket 0", 93_000_000);

        assertThat(domains()).isEmpty();
        assertThat(states()).containsExactly(SourceState.REFUSED);
    }

    @Test
    void anOrinNanoIsItsInputAlone() {
        tree.orinNano();

        assertThat(rails()).containsExactly(tuple("rail-vdd-in", Component.CPU));
        assertThat(find().findings()).extracting(Finding::what).containsExactly(HwmonNotes.wholeModule("rail-vdd-in"));
    }

    @Test
    void anAgxOrinIsItsThreeInputsAndTheMemoryIsInOneOfThem() {
        tree.agxOrin();

        assertThat(rails())
                .containsExactly(
                        tuple("rail-vdd-gpu-soc", Component.GPU),
                        tuple("rail-vdd-cpu-cv", Component.CPU),
                        tuple("rail-vin-sys-5v0", Component.CPU));
    }

    @Test
    void anAgxXavierIsAllItsRails() {
        tree.agxXavier();

        assertThat(rails())
                .containsExactly(
                        tuple("rail-gpu", Component.GPU),
                        tuple("rail-cpu", Component.CPU),
                        tuple("rail-soc", Component.CPU),
                        tuple("rail-cv", Component.GPU),
                        tuple("rail-vddrq", Component.DRAM),
                        tuple("rail-sys5v", Component.CPU));
    }

    @Test
    void railsOfAModuleThatIsNotKnownAreNotGuessedAt() {
        tree.ina3221(1, "1-0040", "VDD_A", "VDD_B");

        assertThat(domains()).isEmpty();
        assertThat(states()).containsExactly(SourceState.REFUSED);
    }

    @Test
    void anAgxThorIsItsThreeRailsAndWhatTheBoardTakesIsNotAddedToThem() {
        tree.agxThor();

        assertThat(rails())
                .containsExactly(
                        tuple("rail-vdd-gpu", Component.GPU),
                        tuple("rail-vdd-cpu-soc-mss", Component.CPU),
                        tuple("rail-vin-sys-5v0", Component.CPU));
        assertThat(states()).contains(SourceState.UNNEEDED).doesNotContain(SourceState.PARTLY, SourceState.REFUSED);
        assertThat(find().findings())
                .filteredOn(finding -> finding.state() == SourceState.UNNEEDED)
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("2-0044 measures VIN");
    }

    @Test
    void whatTheBoardTakesServesWhereNoRailOfTheModuleIsKnown() {
        tree.ina3221(4, "2-0040", "VDD_A", "VDD_B").ina238(5, "2-0044", "VIN");

        assertThat(rails()).containsExactly(tuple("rail-vin", Component.CPU));
        assertThat(find().findings()).extracting(Finding::what).containsExactly(JetsonNotes.boardAlone("rail-vin"));
    }

    @Test
    void theRailOfAGpuThatIsMeteredByItselfIsNotAdded() {
        tree.agxThor();

        assertThat(domains(true)).extracting(EnergyDomain::device).doesNotContain("rail-vdd-gpu");
    }

    @Test
    void olderModulesAreTheirInputAloneAndCarrierBoardsAreNoPartOfThem() {
        tree.ina3221(1, "1-0040", "VDD_SYS_GPU", "VDD_SYS_SOC", "VDD_4V0_WIFI")
                .ina3221(2, "1-0041", "VDD_IN", "VDD_SYS_CPU", "VDD_SYS_DDR")
                .ina3221(3, "1-0042", "VDD_MUX", "VDD_5V0_IO_SYS", "VDD_3V3_SYS");

        assertThat(rails()).containsExactly(tuple("rail-vdd-in", Component.CPU));
        assertThat(states()).containsExactly(SourceState.METERED);
    }

    @Test
    void aRailThatIsNotKnownAmongOthersThatAreIsNamed() {
        tree.ina3221(4, "2-0040", "VDD_GPU", "VDD_NEW", "VIN_SYS_5V0").ina3221(5, "2-0041", "NC", "");

        List<Finding> problems =
                find().findings().stream().filter(Finding::isProblem).toList();

        assertThat(rails()).hasSize(2);
        assertThat(problems).extracting(Finding::state).containsOnly(SourceState.PARTLY);
        assertThat(problems.get(0).what())
                .contains("VDD_NEW at 2-0040", "VDD_GPU, VIN_SYS_5V0 of the same module are metered");
        assertThat(problems.get(1).what()).contains("channel 2 at 2-0041");
    }

    @Test
    void aMonitorOfPowerThatNobodyKnowsIsNamedAndIsNoProblem() {
        tree.mi210Server().ina238(6, "1-0045", "VDD_PCIE");

        assertThat(find().findings())
                .filteredOn(finding -> finding.state() == SourceState.UNNEEDED)
                .singleElement()
                .extracting(Finding::what)
                .isEqualTo("Not read, because it is not known what they measure: ina238 VDD_PCIE at 1-0045.");
    }

    @Test
    void aCounterOfAnIntelGpuWithAnUnknownLabelIsNamed() {
        tree.pci(1, "0000:04:00.0", "8086:E20B", "xe")
                .with(1, "energy1_input", "5")
                .with(1, "energy1_label", "tile0");

        assertThat(domains()).isEmpty();
        assertThat(find().findings())
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("has the counters tile0, of which nothing is known");
    }

    @Test
    void boardsReportTheLimitOfTheirPower() {
        tree.rx7900Desktop().with(2, "power1_cap_max", "402000000");

        assertThat(domains())
                .extracting(domain -> domain.sensor().limitMicrowatts())
                .containsExactly(402_000_000L);
    }

    @Test
    void aSensorThatWouldHoldUpTheMeterIsLeftOutWithTheRemedy() {
        tree.orinNano().with(1, "update_interval", "3379");

        assertThat(domains()).isEmpty();
        assertThat(find().findings())
                .singleElement()
                .extracting(Finding::note)
                .asString()
                .contains("3379 ms", "echo 7 | sudo tee " + tree.file(1, "update_interval"));
    }

    @Test
    void aMachineWithoutPowersIsOneAbsence() {
        tree.others();

        assertThat(find().probe()).isEmpty();
        assertThat(states()).containsExactly(SourceState.ABSENT);
    }

    @Test
    void aMissingRootIsOneAbsence() {
        Findings found = HwmonProbe.find(sys.resolve("nowhere"), MeteredElsewhere.NOTHING);

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings())
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("nowhere");
    }

    private List<SourceState> states() {
        return find().findings().stream().map(Finding::state).toList();
    }

    private List<String> devices() {
        return domains().stream().map(EnergyDomain::device).toList();
    }

    private List<Tuple> sources() {
        return domains().stream()
                .map(domain -> tuple(domain.device(), Path.of(domain.source())))
                .toList();
    }

    private List<Tuple> rails() {
        return domains().stream()
                .map(domain -> tuple(domain.device(), domain.component()))
                .toList();
    }

    private List<EnergyDomain> domains() {
        return domains(false);
    }

    private List<EnergyDomain> domains(boolean gpuMeteredOtherwise) {
        return HwmonProbe.find(tree.root(), gpuMeteredOtherwise ? MeteredElsewhere.GPUS : MeteredElsewhere.NOTHING)
                .probe()
                .map(EnergyProbe::domains)
                .orElse(List.of());
    }

    private Findings find() {
        return HwmonProbe.find(tree.root(), MeteredElsewhere.NOTHING);
    }
}
