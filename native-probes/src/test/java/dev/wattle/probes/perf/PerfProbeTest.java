/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.AccumulatedReadings;
import dev.wattle.probes.AllocatedBytes;
import dev.wattle.probes.PerfTree;
import dev.wattle.probes.ProcTree;
import dev.wattle.probes.RecordedReadings;
import dev.wattle.probes.SilentReadings;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.Pause;
import dev.wattle.probes.source.ProcessorPart;
import dev.wattle.probes.source.SourceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the kernel's own events, of which the clock of a processor is a counter of known power. */
class PerfProbeTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path root;

    private PerfTree tree;

    @BeforeEach
    void machine() {
        LinuxTricks.needPerfEvents();
        tree = new PerfTree(root);
        new ProcTree(root.resolve("proc")).xeonServer();
    }

    @Test
    void metersTheTruePowerOfACounter() {
        tree.clockOf(150);

        try (EnergyProbe probe = find().probe().orElseThrow()) {
            AccumulatedReadings energy = new AccumulatedReadings(probe);
            long beforeFirst = System.nanoTime();
            energy.readAt(0);
            long afterFirst = System.nanoTime();
            Pause.ofMillis(300);
            long beforeLast = System.nanoTime();
            energy.readAt(1);
            long afterLast = System.nanoTime();

            double seconds = (beforeLast - beforeFirst) / 1e9;
            double uncertain = (afterFirst - beforeFirst + afterLast - beforeLast) / 1e9;
            // The processor's clock and the JVM's differ by what the time service slews: 500 ppm at the most.
            assertThat(energy.microjoules("package-0") / 1e6)
                    .isCloseTo(150 * seconds, within(150 * (uncertain + 0.001 * seconds)));
        }
    }

    @Test
    void aDomainSaysWhatItIsAndWhereItIsRead() {
        tree.clockOf(150);

        try (EnergyProbe probe = find().probe().orElseThrow()) {
            assertThat(probe.name()).isEqualTo("perf");
            assertThat(probe.domains())
                    .containsExactly(new EnergyDomain(
                            Component.CPU,
                            "package-0",
                            ProcTree.XEON_6148,
                            "",
                            Quality.COUNTER,
                            Scope.MACHINE,
                            tree.eventSources() + "/power/events/energy-pkg on CPU 0",
                            new Sensor.Counter(0)));
        }
    }

    @Test
    void aReadingAllocatesNothing() {
        tree.clockOf(150);
        SilentReadings silent = new SilentReadings();

        try (EnergyProbe probe = find().probe().orElseThrow()) {
            assertThat(AllocatedBytes.inTenThousandRunsOf(() -> probe.read(silent)))
                    .isZero();
        }

        assertThat(silent.handed).isEqualTo(40_000);
        assertThat(silent.failures).isZero();
    }

    @Test
    void leavesUnwantedDomainsAlone() {
        tree.clockOf(150);
        RecordedReadings readings = new RecordedReadings();
        readings.unwanted.set(0);

        try (EnergyProbe probe = find().probe().orElseThrow()) {
            probe.read(readings);
        }

        assertThat(readings.counters).isEmpty();
        assertThat(readings.lost).isEmpty();
    }

    @Test
    void releasesEveryEvent() {
        tree.clockOf(150).event("energy-ram", "event=0x00", "1e-9");
        List<Integer> before = LinuxTricks.perfEvents();

        EnergyProbe probe = find().probe().orElseThrow();
        assertThat(LinuxTricks.perfEvents()).hasSize(before.size() + 2);
        probe.close();

        assertThat(LinuxTricks.perfEvents()).isEqualTo(before);
    }

    @Test
    void anEventThatEndedIsLostAndCountsAgainOnceItIsReopened() {
        tree.clockOf(150);
        List<Integer> others = LinuxTricks.perfEvents();

        try (EnergyProbe probe = find().probe().orElseThrow()) {
            AccumulatedReadings energy = new AccumulatedReadings(probe);
            energy.readAt(1);
            Pause.ofMillis(20);
            energy.readAt(2);
            long before = energy.microjoules("package-0");

            LinuxTricks.end(ours(others));
            energy.readAt(3);
            assertThat(energy.lost).containsEntry("package-0", place() + " has ended");

            energy.readAt(8);
            assertThat(energy.microjoules("package-0")).isEqualTo(before).isPositive();
            assertThat(energy.lostSeconds("package-0")).isEqualTo(6);

            energy.readAt(9);
            assertThat(energy.microjoules("package-0")).isGreaterThan(before);
        }
    }

    @Test
    void anEventThatStandsStillForTenSecondsIsLost() {
        tree.clockOf(150);
        List<Integer> others = LinuxTricks.perfEvents();
        RecordedReadings readings = new RecordedReadings();

        try (EnergyProbe probe = find().probe().orElseThrow()) {
            LinuxTricks.freeze(ours(others));
            probe.read(readings);
            readings.nanoTime = 9 * SECOND;
            probe.read(readings);
            assertThat(readings.lost).isEmpty();

            readings.nanoTime = 11 * SECOND;
            probe.read(readings.clear());
            assertThat(readings.lost).isEqualTo(Map.of(0, place() + " has not moved for 11 s"));
            assertThat(readings.counters).isEmpty();

            probe.read(readings.clear());
            assertThat(readings.counters).containsOnlyKeys(0);
        }
    }

    @Test
    void anEventThatCannotBeOpenedAgainStaysLost() {
        KernelCalls kernel = new KernelCalls(298);
        PowerEvent gone = new PowerEvent(Component.CPU, Path.of("energy-pkg"), 77, 2, CountUnit.ofJoules("1e-9"));
        PackageCounter counter = new PackageCounter(new ProcessorPart(Component.CPU, 0, ProcessorPart.WHOLE), gone, 0);
        RecordedReadings readings = new RecordedReadings();

        try (PerfProbe probe = new PerfProbe(kernel, List.of(new OpenCounter(kernel, counter)), "")) {
            probe.read(readings);
            probe.read(readings);
        }

        assertThat(readings.lost)
                .isEqualTo(Map.of(0, "energy-pkg on CPU 0 cannot be opened (ENOENT: the kernel has no such event)"));
    }

    @Test
    void anUnknownUnitIsRefusedAndTheFindingNamesTheDevicesItWouldHold() {
        tree.xeonServer();

        Findings found = find();

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(SourceState.REFUSED);
            assertThat(finding.what()).contains(place() + " cannot be opened (ENOENT");
            assertThat(finding.missing()).containsExactly("package-0", "dram-0", "package-1", "dram-1");
            assertThat(finding.remedies()).isEmpty();
        });
    }

    @Test
    void aUserWithoutPermissionGetsTheCommandsThatHelp() throws Exception {
        assumeThat(paranoia()).as("this kernel lets everybody open perf events").isPositive();
        tree.clockOf(150);
        List<Finding> findings = new ArrayList<>();

        Thread powerless = new Thread(() -> {
            LinuxTricks.dropCapabilities();
            findings.addAll(find().findings());
        });
        powerless.start();
        powerless.join();

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(SourceState.REFUSED);
            assertThat(finding.missing()).containsExactly("package-0");
            assertThat(finding.note())
                    .contains(
                            place() + " cannot be opened (EACCES",
                            "--ambient-caps +perfmon",
                            "sudo setcap cap_perfmon=ep $(readlink -f $(command -v java))",
                            "sudo sysctl kernel.perf_event_paranoid=0",
                            "--cap-add PERFMON");
        });
    }

    @Test
    void aCounterThatNeverCountsIsRefusedAndTheOthersAreMetered() {
        // The kernel's dummy event.
        tree.clockOf(150).event("energy-ram", "event=0x09", "1e-9");

        Findings found = find();

        assertThat(devices(found)).containsExactly("package-0");
        assertThat(found.findings())
                .extracting(Finding::state)
                .containsExactly(SourceState.METERED, SourceState.PARTLY);
        assertThat(found.findings().get(1).note())
                .startsWith("The energy of dram-0 is missing from every total. The perf event ")
                .contains("energy-ram on CPU 0 stands at zero");
        found.probe().orElseThrow().close();
    }

    @Test
    void memoryIsNotMeteredTogetherWithAModelOfTheProcessors() {
        tree.clockOf(150).event("energy-pkg", "event=0x09", "1e-9").event("energy-ram", "event=0x00", "1e-9");
        List<Integer> before = LinuxTricks.perfEvents();

        Findings found = find();

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).extracting(Finding::state).containsExactly(SourceState.REFUSED);
        assertThat(LinuxTricks.perfEvents()).isEqualTo(before);
    }

    @Test
    void onlyWhatNothingElseMetersIsOpened() {
        tree.clockOf(150).event("energy-ram", "event=0x00", "1e-9");

        Findings found = find("package-0");

        assertThat(devices(found)).containsExactly("dram-0");
        found.probe().orElseThrow().close();
    }

    @Test
    void nothingIsOpenedWhereEverythingIsMetered() {
        tree.clockOf(150);
        List<Integer> before = LinuxTricks.perfEvents();

        Findings found = find("package-0", "dram-0");

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).extracting(Finding::state).containsExactly(SourceState.UNNEEDED);
        assertThat(LinuxTricks.perfEvents()).isEqualTo(before);
    }

    @Test
    void onAmdThePackagesOneCounterIsOpenedOnce() {
        new ProcTree(root.resolve("proc")).epycGuest();
        tree.unit(1, "0-1")
                .event("energy-pkg", "event=0x00", "1e-9")
                .cpu(0, 0, 0)
                .cpu(1, 0, 1);

        Findings found = find();

        assertThat(devices(found)).containsExactly("package-0");
        found.probe().orElseThrow().close();
    }

    private Findings find(String... metered) {
        return PerfProbe.find(tree.eventSources(), tree.cpus(), root.resolve("proc"), Set.of(metered));
    }

    private String place() {
        return tree.eventSources() + "/power/events/energy-pkg on CPU 0";
    }

    private static int ours(List<Integer> others) {
        List<Integer> events = LinuxTricks.perfEvents();
        events.removeAll(others);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static int paranoia() throws IOException {
        return Integer.parseInt(Files.readString(Path.of("/proc/sys/kernel/perf_event_paranoid"))
                .strip());
    }

    private static List<String> devices(Findings found) {
        return found.probe().map(EnergyProbe::domains).orElse(List.of()).stream()
                .map(EnergyDomain::device)
                .toList();
    }
}
