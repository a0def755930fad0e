/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesTest {
    private static final Set<ProbeKind> ALL = EnumSet.allOf(ProbeKind.class);

    @TempDir
    Path root;

    private ProcTree powercap;
    private ProcTree hwmon;

    @BeforeEach
    void server() {
        new ProcTree(root.resolve("proc")).xeonServer().stat(1, 2);
        powercap = new ProcTree(root.resolve("powercap"));
        hwmon = new ProcTree(root.resolve("hwmon"));
    }

    @Test
    void countersLeaveNoRoomForTheModel() {
        counters();

        Discovery found = discover(ALL);

        assertThat(found.probes()).extracting(EnergyProbe::name).containsExactly("powercap");
        assertThat(found.model()).isEmpty();
        assertThat(domains(found)).extracting(EnergyDomain::name).containsExactly(ProcTree.XEON_6148);
    }

    @Test
    void memoryIsNeverModelledTogetherWithMeasuredProcessorsAndTheNoteSaysSo() {
        counters();

        assertThat(discover(ALL).notes()).singleElement().asString().contains("no memory counter");
    }

    @Test
    void withoutCountersTheModelStandsInAndDescribesItself() {
        Discovery found = discover(ALL);

        assertThat(found.probes()).extracting(EnergyProbe::name).containsExactly("model");
        assertThat(found.model().orElseThrow().processor()).isEqualTo(ProcTree.XEON_6148);
        assertThat(found.notes()).singleElement().asString().contains("No processor energy counters");
    }

    /** The model of the processors brings memory of its own, or holds it. */
    @Test
    void measuredMemoryWithoutMeasuredProcessorsIsNotAddedToTheModel() {
        powercap.file("intel-rapl:0/name", "package-0\n")
                .file("intel-rapl:0/energy_uj/locked", "")
                .file("intel-rapl:0/intel-rapl:0:0/name", "dram\n")
                .file("intel-rapl:0/intel-rapl:0:0/energy_uj", "5\n");

        Discovery found = discover(ALL);

        assertThat(domains(found))
                .extracting(EnergyDomain::component)
                .containsExactlyInAnyOrder(Component.CPU, Component.DRAM);
        assertThat(found.probes()).extracting(EnergyProbe::name).containsExactly("model");
    }

    @Test
    void aProcessorMeasuredByAPowerMeterExcludesTheModelWithoutAWarning() {
        hwmon.file("hwmon2/name", "power_meter\n")
                .file("hwmon2/power1_oem_info", "Grace Power Socket 0\n")
                .file("hwmon2/power1_average", "101000000\n");

        Discovery found = discover(ALL);

        assertThat(domains(found)).extracting(EnergyDomain::device).containsExactly("grace-0");
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void onlyTheKindsWantedAreLookedFor() {
        counters();
        hwmon.file("hwmon0/name", "amdgpu\n");

        Discovery found = discover(Set.of(ProbeKind.HWMON));

        assertThat(found.probes()).isEmpty();
        assertThat(found.notes()).singleElement().asString().startsWith("The AMD GPU");
    }

    @Test
    void whatIsMissingIsReportedToo() {
        assertThat(discover(ALL).findings())
                .extracting(Finding::kind, Finding::state)
                .containsExactly(
                        tuple(ProbeKind.POWERCAP, SourceState.ABSENT),
                        tuple(ProbeKind.PERF, SourceState.ABSENT),
                        tuple(ProbeKind.NVML, SourceState.ABSENT),
                        tuple(ProbeKind.HWMON, SourceState.ABSENT),
                        tuple(ProbeKind.MODEL, SourceState.METERED));
    }

    @Test
    void aMachineThatReportsNothingHasNotesAndNoProbe() {
        Path nowhere = root.resolve("nowhere");

        Discovery found = Probes.discover(
                new Hardware(nowhere, nowhere, nowhere, nowhere, nowhere, nowhere, Optional.of(nowhere)), ALL);

        assertThat(found.probes()).isEmpty();
        assertThat(found.notes()).hasSize(2);
    }

    private void counters() {
        powercap.file("intel-rapl:0/name", "package-0\n").file("intel-rapl:0/energy_uj", "5\n");
    }

    private Discovery discover(Set<ProbeKind> kinds) {
        return Probes.discover(
                new Hardware(
                        powercap.root(),
                        root.resolve("perf"),
                        root.resolve("cpu"),
                        hwmon.root(),
                        root.resolve("proc"),
                        root.resolve("cgroup"),
                        Optional.empty()),
                kinds);
    }

    private static List<EnergyDomain> domains(Discovery found) {
        return found.probes().stream()
                .flatMap(probe -> probe.domains().stream())
                .toList();
    }
}
