/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.AccumulatedReadings;
import dev.wattle.probes.AllocatedBytes;
import dev.wattle.probes.RecordedReadings;
import dev.wattle.probes.SilentReadings;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowercapReadingTest {
    @TempDir
    Path sys;

    private final RecordedReadings readings = new RecordedReadings();
    private PowercapTree tree;

    @BeforeEach
    void dualSocket() {
        tree = new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0", 1_000_000)
                .zone("intel-rapl:1", "package-1", 2_000_000);
    }

    @Test
    void handsOverEveryCounterAsItStands() {
        try (EnergyProbe probe = probe()) {
            probe.read(readings);
            tree.energy("intel-rapl:1", "2500000\n");
            probe.read(readings);
        }

        assertThat(readings.counters).isEqualTo(Map.of(0, 1_000_000L, 1, 2_500_000L));
    }

    @Test
    void datesAReadingAroundTheCallThatMadeIt() {
        readings.nanoTime = 700;

        try (EnergyProbe probe = probe()) {
            readings.unwanted.set(1);
            probe.read(readings);
        }

        assertThat(readings.lastBefore).isEqualTo(700);
        assertThat(readings.lastAfter).isEqualTo(701);
    }

    @Test
    void leavesUnwantedDomainsAlone() {
        readings.unwanted.set(0);

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
        }

        assertThat(readings.counters).containsOnlyKeys(1);
        assertThat(readings.failed.isEmpty()).isTrue();
    }

    @Test
    void aCounterThatCannotBeReadFailsAndTheOthersGoOn() {
        try (EnergyProbe probe = probe()) {
            tree.lock("intel-rapl:0");
            probe.read(readings);
        }

        assertThat(readings.failed.stream()).containsExactly(0);
        assertThat(readings.counters).isEqualTo(Map.of(1, 2_000_000L));
    }

    @Test
    void aCounterThatComesBackAsAnotherFileIsReadAgain() {
        try (EnergyProbe probe = probe()) {
            probe.read(readings);
            tree.energy("intel-rapl:0", "");
            probe.read(readings.clear());
            tree.lock("intel-rapl:0").unlock("intel-rapl:0", "42\n");
            probe.read(readings.clear());
        }

        assertThat(readings.failed.isEmpty()).isTrue();
        assertThat(readings.counters).containsEntry(0, 42L);
    }

    /** Lower is where a wrap would add most of the counter's range, higher where the difference would be added. */
    @ParameterizedTest
    @ValueSource(longs = {400_000, 9_000_000})
    void aPackageTakenOfflineIsLostAndCountsFromWhereItIsWhenItIsBack(long microjoulesWhenBack) {
        AccumulatedReadings energy = new AccumulatedReadings(probe());
        energy.readAt(0);
        tree.energy("intel-rapl:0", "1500000\n");
        energy.readAt(1);

        tree.unplug("intel-rapl:0");
        energy.readAt(2);
        energy.readAt(200);

        assertThat(energy.lost).containsEntry("package-0", tree.directory("intel-rapl:0") + "/energy_uj is gone");
        assertThat(energy.microjoules("package-0")).isEqualTo(500_000);

        tree.zone("intel-rapl:0", "package-0", microjoulesWhenBack);
        energy.readAt(201);
        tree.energy("intel-rapl:0", microjoulesWhenBack + 42 + "\n");
        energy.readAt(202);

        assertThat(energy.microjoules("package-0")).isEqualTo(500_042);
        assertThat(energy.lostSeconds("package-0")).isEqualTo(200);
        assertThat(energy.microjoules("package-1")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "-5\n", "12 13\n", "1.5\n", "garbage", "99999999999999999999\n"})
    void whatIsNoNumberIsAGapAndNeverAZero(String content) {
        try (EnergyProbe probe = probe()) {
            tree.energy("intel-rapl:0", content);
            probe.read(readings);
        }

        assertThat(readings.failed.stream()).containsExactly(0);
        assertThat(readings.counters).doesNotContainKey(0);
    }

    @Test
    void aReadingAllocatesNothing() {
        SilentReadings silent = new SilentReadings();

        try (EnergyProbe probe = probe()) {
            assertThat(AllocatedBytes.inTenThousandRunsOf(() -> probe.read(silent)))
                    .isZero();
        }

        assertThat(silent.handed).isEqualTo(80_000);
        assertThat(silent.failures).isZero();
    }

    @Test
    void aLockedCounterBecomesOneNoteWithTheFileTheReasonAndTheRemedy() {
        tree.lock("intel-rapl:0").lock("intel-rapl:1");

        Findings found = PowercapProbe.find(tree.root(), "");

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings())
                .singleElement()
                .extracting(Finding::note)
                .asString()
                .contains(
                        tree.directory("intel-rapl:0") + "/energy_uj",
                        tree.directory("intel-rapl:1") + "/energy_uj",
                        "CVE-2020-8694",
                        "sudo chmod 0440",
                        "WATTLE_POWERCAP_ROOT=");
    }

    @Test
    void halfAMachineIsMeteredAndTheNoteNamesTheOtherHalf() {
        tree.lock("intel-rapl:1");

        Findings found = PowercapProbe.find(tree.root(), "");

        assertThat(found.probe().map(EnergyProbe::domains).orElseThrow())
                .extracting(EnergyDomain::device)
                .containsExactly("package-0");
        assertThat(found.findings())
                .extracting(Finding::state)
                .containsExactly(SourceState.METERED, SourceState.PARTLY);
        assertThat(found.findings().get(1).missing()).containsExactly("package-1");
        assertThat(found.findings().get(1).note())
                .startsWith("The energy of package-1 is missing from every total. " + tree.directory("intel-rapl:1"));
    }

    private EnergyProbe probe() {
        return PowercapProbe.find(tree.root(), "").probe().orElseThrow();
    }
}
