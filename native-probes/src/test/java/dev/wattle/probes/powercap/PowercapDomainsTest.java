/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.source.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowercapDomainsTest {
    @TempDir
    Path sys;

    @Test
    void psysBetweenTwoPackagesIsNotTakenForOne() {
        PowercapTree tree = new PowercapTree(sys)
                .zone("intel-rapl:0", "package-1", 1)
                .zone("intel-rapl:1", "psys", 2)
                .zone("intel-rapl:1:0", "dram", 3)
                .zone("intel-rapl:2", "package-0", 4);

        assertThat(devices(tree.root())).containsExactly("package-0", "package-1");
    }

    @Test
    void aWholePackageIsPreferredToItsDies() {
        PowercapTree tree = new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0-die-0", 9_000_000)
                .zone("intel-rapl:1", "package-0", 20_000_000);

        assertThat(devices(tree.root())).containsExactly("package-0");
    }

    @Test
    void theMemoryMappedViewOfAPackageIsNotASecondPackage() {
        PowercapTree tree =
                new PowercapTree(sys).zone("intel-rapl-mmio:0", "package-0", 1).zone("intel-rapl:0", "package-0", 2);

        assertThat(domains(tree.root()))
                .singleElement()
                .satisfies(domain -> assertThat(domain.source()).endsWith("intel-rapl:0"));
    }

    @Test
    void theMemoryMappedViewIsNotAddedToThePackagesDies() {
        PowercapTree tree = new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0-die-0", 9_000_000)
                .zone("intel-rapl:1", "package-0-die-1", 4_000_000)
                .zone("intel-rapl-mmio:0", "package-0", 13_000_000);

        assertThat(devices(tree.root())).containsExactly("package-0-die-0", "package-0-die-1");
    }

    @Test
    void theMemoryMappedViewServesAPackageThatHasNoOther() {
        PowercapTree tree = new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0", 1)
                .zone("intel-rapl-mmio:0", "package-0", 2)
                .zone("intel-rapl-mmio:1", "package-1", 3)
                .zone("intel-rapl-mmio:1:0", "dram", 4);

        assertThat(devices(tree.root())).containsExactly("package-0", "package-1", "dram-1");
    }

    @Test
    void nestedDirectoriesWithoutLinksShowTheSameDomains() {
        PowercapTree tree = dualSocket();

        assertThat(domains(tree.nestedRoot())).isEqualTo(domains(tree.root()));
    }

    @Test
    void aFlatCopyOfATreeStillKnowsWhoseMemoryIsWhose() throws IOException {
        Path flat = sys.resolve("flat");
        flat(flat, "intel-rapl:0", "psys");
        flat(flat, "intel-rapl:0:0", "dram");
        flat(flat, "intel-rapl:1", "package-0");
        flat(flat, "intel-rapl:1:0", "dram");
        flat(flat, "intel-rapl:10", "package-1");

        assertThat(domains(flat))
                .extracting(
                        EnergyDomain::device,
                        domain -> Path.of(domain.source()).getFileName().toString())
                .containsExactly(
                        tuple("package-0", "intel-rapl:1"),
                        tuple("dram-0", "intel-rapl:1:0"),
                        tuple("package-1", "intel-rapl:10"));
    }

    @Test
    void aMissingRangeIsZero() throws IOException {
        PowercapTree tree =
                new PowercapTree(sys).zone("intel-rapl:0", "package-0", 1).zone("intel-rapl:1", "package-1", 1, 0);
        Files.delete(tree.directory("intel-rapl:0").resolve("max_energy_range_uj"));

        assertThat(domains(tree.root())).extracting(EnergyDomain::sensor).containsOnly(new Sensor.Counter(0));
    }

    @Test
    void zonesWithOddNamesAreNoDomains() {
        PowercapTree tree = new PowercapTree(sys)
                .zone("intel-rapl:0", "", 1)
                .zone("intel-rapl:1", "package-", 1)
                .zone("intel-rapl:2", "package-\u00ff\u0000", 1)
                .zone("intel-rapl:3", "package-99999999999999999999", 1)
                .zone("intel-rapl:4", "my package-0", 1)
                .zone("intel-rapl:5", "  package-7 \t", 1);

        assertThat(devices(tree.root())).containsExactly("package-7");
    }

    @Test
    void aDomainSaysWhatItIsAndWhereItIsRead() throws IOException {
        PowercapTree tree =
                new PowercapTree(sys).zone("intel-rapl:0", "package-0", 1).zone("intel-rapl:0:0", "dram", 2);
        Findings found = PowercapProbe.find(tree.root(), "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz");

        assertThat(found.probe().map(EnergyProbe::domains).orElseThrow())
                .containsExactly(
                        new EnergyDomain(
                                Component.CPU,
                                "package-0",
                                "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz",
                                "",
                                Quality.COUNTER,
                                Scope.MACHINE,
                                tree.directory("intel-rapl:0").toRealPath().toString(),
                                new Sensor.Counter(PowercapTree.INTEL_RANGE)),
                        new EnergyDomain(
                                Component.DRAM,
                                "dram-0",
                                "dram",
                                "",
                                Quality.COUNTER,
                                Scope.MACHINE,
                                tree.directory("intel-rapl:0:0").toRealPath().toString(),
                                new Sensor.Counter(PowercapTree.INTEL_RANGE)));
    }

    @Test
    void anEmptyRootIsANoteAndNoProbe() {
        Findings found = PowercapProbe.find(new PowercapTree(sys).root(), "");

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).singleElement().asString().contains("WATTLE_POWERCAP_ROOT=");
    }

    @Test
    void aMissingRootIsANoteAndNoProbe() {
        Findings found = PowercapProbe.find(sys.resolve("nowhere"), "");

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings()).singleElement().asString().contains("nowhere");
    }

    private PowercapTree dualSocket() {
        return new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0", 1)
                .zone("intel-rapl:0:0", "dram", 2)
                .zone("intel-rapl:1", "package-1", 3)
                .zone("intel-rapl:1:0", "dram", 4);
    }

    private static void flat(Path root, String id, String name) throws IOException {
        Path zone = Files.createDirectories(root.resolve(id));
        PowercapTree.write(zone.resolve("name"), name + "\n");
        PowercapTree.write(zone.resolve("energy_uj"), "1\n");
    }

    private static List<EnergyDomain> domains(Path root) {
        return PowercapProbe.find(root, "").probe().map(EnergyProbe::domains).orElse(List.of());
    }

    private static List<String> devices(Path root) {
        return domains(root).stream().map(EnergyDomain::device).toList();
    }

    private static List<String> devices(Findings found) {
        return found.probe().map(EnergyProbe::domains).orElse(List.of()).stream()
                .map(EnergyDomain::device)
                .toList();
    }
}
