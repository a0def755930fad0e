/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wattle.probes.PerfTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerUnitTest {
    @TempDir
    Path root;

    private PerfTree tree;

    @BeforeEach
    void emptyTree() {
        tree = new PerfTree(root);
    }

    @Test
    void aServerHasEveryPackageAndItsMemoryAndNeverPsys() throws IOException {
        tree.xeonServer();

        assertThat(partsAndCpus(false))
                .containsExactly(
                        tuple("package-0", 0), tuple("dram-0", 0), tuple("package-1", 32), tuple("dram-1", 32));
    }

    @Test
    void aCounterIsOpenedByTheNumbersInItsFiles() throws IOException {
        tree.xeonServer();

        PowerEvent memory = unit(false).counters().get(1).event();

        assertThat(memory.type()).isEqualTo(77);
        assertThat(memory.config()).isEqualTo(3);
        assertThat(memory.unit()).isEqualTo(CountUnit.ofJoules(PerfTree.RAPL_SCALE));
        assertThat(memory.file()).isEqualTo(tree.eventSources().resolve("power/events/energy-ram"));
    }

    @Test
    void coresAndGraphicsAreInThePackage() throws IOException {
        tree.unit(23, "0-1")
                .event("energy-cores", "event=0x01", PerfTree.RAPL_SCALE)
                .event("energy-pkg", "event=0x02", PerfTree.RAPL_SCALE)
                .event("energy-gpu", "event=0x04", PerfTree.RAPL_SCALE)
                .cpu(0, 0, 0)
                .cpu(1, 0, 0);

        assertThat(partsAndCpus(false)).containsExactly(tuple("package-0", 0));
    }

    @Test
    void anEventOfWhichNothingIsKnownIsNamed() {
        tree.xeonServer().event("energy-npu", "event=0x06", PerfTree.RAPL_SCALE);

        assertThat(unit(false).unknown()).containsExactly("energy-npu");
    }

    @Test
    void packagesAreNumberedByTheKernelAndNotByTheirPlace() throws IOException {
        tree.unit(23, "0,8,16")
                .event("energy-pkg", "event=0x02", PerfTree.RAPL_SCALE)
                .cpu(0, 11, 0)
                .cpu(8, 2, 0)
                .cpu(16, 0, 0);

        assertThat(partsAndCpus(false))
                .containsExactly(tuple("package-0", 16), tuple("package-2", 8), tuple("package-11", 0));
    }

    @Test
    void diesWithCountersOfTheirOwnAreAllCounted() throws IOException {
        tree.unit(23, "0,24,48,72")
                .event("energy-pkg", "event=0x02", PerfTree.RAPL_SCALE)
                .event("energy-ram", "event=0x03", PerfTree.RAPL_SCALE)
                .cpu(0, 0, 0)
                .cpu(24, 0, 1)
                .cpu(48, 1, 0)
                .cpu(72, 1, 1);

        assertThat(partsAndCpus(false))
                .extracting(Tuple::toList)
                .extracting(part -> part.get(0))
                .containsExactly(
                        "package-0-die-0",
                        "dram-0-die-0",
                        "package-0-die-1",
                        "dram-0-die-1",
                        "package-1-die-0",
                        "dram-1-die-0",
                        "package-1-die-1",
                        "dram-1-die-1");
    }

    @Test
    void diesOfAMakerWithOneCounterAPackageAreOnePackage() throws IOException {
        tree.unit(23, "0,8,16,24").event("energy-pkg", "event=0x02", PerfTree.RAPL_SCALE);
        for (int die = 0; die < 4; die++) {
            tree.cpu(8 * die, 0, die);
        }

        assertThat(partsAndCpus(true)).containsExactly(tuple("package-0", 0));
    }

    @Test
    void aKernelThatReportsNoDiesHasOneAPackage() throws IOException {
        tree.xeonServer();
        Files.delete(tree.cpus().resolve("cpu32/topology/die_id"));

        assertThat(partsAndCpus(false)).contains(tuple("package-1", 32));
    }

    @Test
    void aUnitWithoutEventsOfEnergyHasNoCounters() throws IOException {
        tree.unit(23, "0").cpu(0, 0, 0);

        assertThat(unit(false).counters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "type, seven, holds no number but 'seven'",
        "cpumask, none, none",
        "events/energy-pkg, config=2, names no event",
        "events/energy-ram.unit, Watts, counts Watts and not Joules",
        "events/energy-ram.scale, 1, a count of 1 J"
    })
    void whatIsNotAsTheKernelWritesItIsRefused(String file, String content, String reason) {
        tree.xeonServer().file(file, content + "\n");

        assertThatThrownBy(() -> unit(false).counters())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aProcessorOfNoKnownPackageIsRefused() {
        tree.xeonServer().cpu(32, -1, 0);

        assertThatThrownBy(() -> unit(false).counters())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("physical_package_id holds no number but '-1'");
    }

    private PowerUnit unit(boolean oneCounterAPackage) {
        return new PowerUnit(tree.eventSources().resolve("power"), tree.cpus(), () -> oneCounterAPackage);
    }

    private List<Tuple> partsAndCpus(boolean oneCounterAPackage) throws IOException {
        return unit(oneCounterAPackage).counters().stream()
                .map(counter -> tuple(counter.part().label(), counter.cpu()))
                .toList();
    }
}
