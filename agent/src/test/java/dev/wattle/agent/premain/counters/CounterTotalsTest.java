/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterTotalsTest {
    @TempDir
    Path root;

    @Test
    void reportsTheIncreaseOfEachPackageAndItsMemory() throws IOException {
        zone("intel-rapl:0", "package-0", "1000000");
        zone("intel-rapl:0/intel-rapl:0:0", "core", "400000");
        zone("intel-rapl:0/intel-rapl:0:1", "dram", "500000");
        zone("intel-rapl:1", "psys", "7");
        Baseline baseline = Baseline.ofTree(root.toFile());
        zone("intel-rapl:0", "package-0", "13345678");
        zone("intel-rapl:0/intel-rapl:0:1", "dram", "504999");

        assertThat(CounterTotals.since(baseline)).isEqualTo("package-0 12.345 J, dram of package-0 0.004 J");
    }

    @Test
    void unwrapsACounterOnceAndLeavesOutOneWithoutARange() throws IOException {
        zone("intel-rapl:0", "package-0", "9000000");
        zone("intel-rapl:1", "package-1", "9000000");
        Files.writeString(root.resolve("intel-rapl:0/max_energy_range_uj"), "10000000\n");
        Baseline baseline = Baseline.ofTree(root.toFile());
        zone("intel-rapl:0", "package-0", "1000000");
        zone("intel-rapl:1", "package-1", "1000000");

        assertThat(CounterTotals.since(baseline)).isEqualTo("package-0 2.000 J");
    }

    @Test
    void reportsAPackageOnceThatIsShownTwice() throws IOException {
        zone("intel-rapl:0", "package-0", "1000000");
        zone("intel-rapl-mmio:0", "package-0", "1000000");

        assertThat(CounterTotals.since(Baseline.ofTree(root.toFile()))).isEqualTo("package-0 0.000 J");
    }

    @Test
    void isEmptyIfNoCounterCanBeRead() throws IOException {
        zone("intel-rapl:0", "package-0", "1000000");
        Baseline baseline = Baseline.ofTree(root.toFile());
        Files.delete(root.resolve("intel-rapl:0/energy_uj"));

        assertThat(CounterTotals.since(baseline)).isEmpty();
    }

    private void zone(String id, String name, String counter) throws IOException {
        Path zone = Files.createDirectories(root.resolve(id));
        Files.writeString(zone.resolve("name"), name + "\n");
        Files.writeString(zone.resolve("energy_uj"), counter + "\n");
    }
}
