/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.probes.PerfTree;
import dev.wattle.probes.ProcTree;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found without an event being opened. */
class PerfSearchTest {
    @TempDir
    Path root;

    private PerfTree tree;

    @BeforeEach
    void emptyTree() {
        tree = new PerfTree(root);
    }

    @Test
    void aKernelWithoutTheUnitHasNone() {
        assertThat(onlyFinding().state()).isEqualTo(SourceState.ABSENT);
    }

    @Test
    void aUnitWithoutEventsOfEnergyIsNone() {
        tree.unit(23, "0").cpu(0, 0, 0);

        assertThat(onlyFinding().state()).isEqualTo(SourceState.ABSENT);
    }

    @Test
    void theCountersOfCoresAreNoPackage() {
        new ProcTree(tree.eventSources()).file("power_core/type", "24\n");

        assertThat(onlyFinding().state()).isEqualTo(SourceState.ABSENT);
    }

    @Test
    void filesThatCannotBeUnderstoodAreAReasonToRefuse() {
        tree.xeonServer().file("cpumask", "all\n");

        assertThat(onlyFinding().state()).isEqualTo(SourceState.REFUSED);
        assertThat(onlyFinding().what()).startsWith("Perf events for energy cannot be understood: ");
    }

    @Test
    void filesThatCannotBeUnderstoodDoNotMatterWhereCountersAreMetered() {
        tree.xeonServer().file("cpumask", "all\n");

        assertThat(onlyFinding("package-0").state()).isEqualTo(SourceState.UNNEEDED);
    }

    @Test
    void aPackageThatIsMeteredAlreadyIsNotNeeded() {
        tree.xeonServer();

        Finding finding = onlyFinding("package-0", "dram-0", "package-1", "dram-1");

        assertThat(finding.state()).isEqualTo(SourceState.UNNEEDED);
    }

    @Test
    void diesOfAPackageThatIsMeteredAlreadyAreNotNeeded() {
        tree.unit(23, "0,1")
                .event("energy-pkg", "event=0x02", PerfTree.RAPL_SCALE)
                .cpu(0, 0, 0)
                .cpu(1, 0, 1);

        assertThat(onlyFinding("package-0").state()).isEqualTo(SourceState.UNNEEDED);
    }

    private Finding onlyFinding(String... metered) {
        Findings found = PerfProbe.find(tree.eventSources(), tree.cpus(), root.resolve("proc"), Set.of(metered));
        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).hasSize(1);
        return found.findings().get(0);
    }
}
