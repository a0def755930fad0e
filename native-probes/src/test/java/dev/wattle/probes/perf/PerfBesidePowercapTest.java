/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.Discovery;
import dev.wattle.probes.Hardware;
import dev.wattle.probes.PerfTree;
import dev.wattle.probes.Probes;
import dev.wattle.probes.ProcTree;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two ways to the same counters: each is read one way, and what one way lacks and the other has is not missing. */
class PerfBesidePowercapTest {
    private static final String NO_MEMORY_COUNTER =
            "The processors are measured but this machine has no memory counter";

    @TempDir
    Path root;

    private ProcTree powercap;
    private PerfTree perf;
    private Optional<Discovery> discovery = Optional.empty();

    @BeforeEach
    void server() {
        LinuxTricks.needPerfEvents();
        new ProcTree(root.resolve("proc")).xeonServer().stat(1, 2);
        powercap = new ProcTree(root.resolve("powercap"));
        perf = new PerfTree(root);
    }

    @AfterEach
    void close() {
        discovery.ifPresent(found -> found.probes().forEach(EnergyProbe::close));
    }

    @Test
    void whatPowercapMetersNeedsNoEvents() {
        readable("intel-rapl:0", "package-0").readable("intel-rapl:0:0", "dram");
        perf.clockOf(100).event("energy-ram", "event=0x00", "1e-9");

        assertThat(devices()).containsExactly(tuple("powercap", "package-0"), tuple("powercap", "dram-0"));
        assertThat(states(ProbeKind.PERF)).containsExactly(SourceState.UNNEEDED);
        assertThat(discover().notes()).isEmpty();
    }

    @Test
    void whatPowercapMayNotReadIsMeteredByEventsAndNotMissed() {
        locked("intel-rapl:0", "package-0").locked("intel-rapl:0:0", "dram");
        perf.clockOf(100).event("energy-ram", "event=0x00", "1e-9");

        assertThat(devices()).containsExactly(tuple("perf", "package-0"), tuple("perf", "dram-0"));
        assertThat(states(ProbeKind.POWERCAP)).containsExactly(SourceState.UNNEEDED);
        assertThat(states(ProbeKind.MODEL)).containsExactly(SourceState.UNNEEDED);
        assertThat(discover().notes()).isEmpty();
    }

    @Test
    void halfAMachineIsMeteredEachWay() {
        readable("intel-rapl:0", "package-0").locked("intel-rapl:1", "package-1");
        perf.clockOf(100).file("cpumask", "0-1").cpu(1, 1, 0);

        assertThat(devices()).containsExactly(tuple("powercap", "package-0"), tuple("perf", "package-1"));
        assertThat(states(ProbeKind.POWERCAP)).containsExactly(SourceState.METERED, SourceState.UNNEEDED);
        assertThat(discover().notes()).singleElement().asString().startsWith(NO_MEMORY_COUNTER);
    }

    @Test
    void diesOfAPackageThatPowercapMetersAreNotCountedAgain() {
        readable("intel-rapl:0", "package-0-die-0");
        perf.clockOf(100).file("cpumask", "0-1").cpu(1, 0, 1);

        assertThat(devices()).containsExactly(tuple("powercap", "package-0-die-0"));
    }

    @Test
    void whatNeitherMetersIsStillMissing() {
        locked("intel-rapl:0", "package-0").locked("intel-rapl:0:0", "dram");
        perf.clockOf(100);

        assertThat(devices()).containsExactly(tuple("perf", "package-0"));
        assertThat(states(ProbeKind.POWERCAP)).containsExactly(SourceState.PARTLY);
        assertThat(discover().notes())
                .anyMatch(note -> note.startsWith("The energy of dram-0 is missing from every total. "));
    }

    @Test
    void powercapThatIsNotThereIsNotMissedWhereEventsMeter() {
        perf.clockOf(100);

        assertThat(devices()).containsExactly(tuple("perf", "package-0"));
        assertThat(states(ProbeKind.POWERCAP)).containsExactly(SourceState.ABSENT);
        assertThat(discover().notes()).singleElement().asString().startsWith(NO_MEMORY_COUNTER);
    }

    @Test
    void countersThatAreMaskedAreNotMissedWhereEventsMeter() {
        powercap.file("intel-rapl:0/uevent", "");
        perf.clockOf(100);

        assertThat(states(ProbeKind.POWERCAP)).containsExactly(SourceState.UNNEEDED);
    }

    @Test
    void whereBothAreRefusedBothSayWhyAndTheModelStandsIn() {
        locked("intel-rapl:0", "package-0");
        perf.xeonServer();

        assertThat(devices()).extracting(Tuple::toList).allMatch(device -> device.contains("model"));
        assertThat(states(ProbeKind.POWERCAP)).containsExactly(SourceState.REFUSED);
        assertThat(discover().notes())
                .hasSize(2)
                .anyMatch(note -> note.contains("energy_uj cannot be read"))
                .anyMatch(note -> note.contains("cannot be opened (ENOENT"));
    }

    private PerfBesidePowercapTest readable(String zone, String name) {
        powercap.file(zone + "/name", name + "\n").file(zone + "/energy_uj", "5000000\n");
        return this;
    }

    /** A directory cannot be read by anybody. */
    private PerfBesidePowercapTest locked(String zone, String name) {
        powercap.file(zone + "/name", name + "\n").file(zone + "/energy_uj/locked", "");
        return this;
    }

    private Discovery discover() {
        if (discovery.isEmpty()) {
            Hardware hardware = new Hardware(
                    powercap.root(),
                    perf.eventSources(),
                    perf.cpus(),
                    root.resolve("hwmon"),
                    root.resolve("proc"),
                    root.resolve("cgroup"),
                    Optional.empty());
            discovery = Optional.of(Probes.discover(hardware, EnumSet.allOf(ProbeKind.class)));
        }
        return discovery.get();
    }

    private List<Tuple> devices() {
        return discover().probes().stream()
                .flatMap(probe -> probe.domains().stream().map(domain -> tuple(probe.name(), domain.device())))
                .toList();
    }

    private List<SourceState> states(ProbeKind kind) {
        return discover().findings().stream()
                .filter(finding -> finding.kind() == kind)
                .map(Finding::state)
                .toList();
    }
}
