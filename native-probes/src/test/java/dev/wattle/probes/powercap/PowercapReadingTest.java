/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wattle.core.probe.EarlyReading;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.AccumulatedReadings;
import dev.wattle.probes.AllocatedBytes;
import dev.wattle.probes.RecordedReadings;
import dev.wattle.probes.SilentReadings;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.SourceState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void passesOnEveryCounterUnchanged() {
        try (EnergyProbe probe = probe()) {
            probe.read(readings);
            tree.energy("intel-rapl:1", "2500000\n");
            probe.read(readings);
        }

        assertThat(readings.counters).isEqualTo(Map.of(0, 1_000_000L, 1, 2_500_000L));
    }

    @Test
    void countsFromAnEarlierReadingOfTheSameZoneHoweverItsFileWasReached() {
        List<EarlyReading> early = List.of(
                new EarlyReading(tree.root().resolve("intel-rapl:0/energy_uj"), -5_000_000_000L, 400_000),
                new EarlyReading(tree.root().resolve("intel-rapl:7/energy_uj"), -5_000_000_000L, 1),
                new EarlyReading(tree.directory("intel-rapl:1").resolve("energy_uj"), -5_000_000_000L, 1_990_000));
        AccumulatedReadings energy = new AccumulatedReadings(
                PowercapProbe.find(tree.root(), "", early).probe().orElseThrow());

        energy.readAt(0);
        energy.readAt(1);

        assertThat(energy.microjoules("package-0")).isEqualTo(600_000);
        assertThat(energy.microjoules("package-1")).isEqualTo(10_000);
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
    void aCounterThatCannotBeReadFailsAndTheOthersContinue() {
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

    @Test
    void zonesThatChangePlacesAreLostAndInventNothingUntilTheyAreBack() throws IOException {
        AccumulatedReadings energy = new AccumulatedReadings(probe());
        energy.readAt(0);
        for (String[] swap : new String[][] {{"intel-rapl:0", "package-1"}, {"intel-rapl:1", "package-0"}}) {
            Files.writeString(tree.directory(swap[0]).resolve("name"), swap[1] + "\n");
        }
        tree.energy("intel-rapl:0", 2_000_000_000_000L + "\n").energy("intel-rapl:1", "1000000\n");
        energy.readAt(1);
        tree.energy("intel-rapl:0", 2_000_000_500_000L + "\n").energy("intel-rapl:1", "1500000\n");
        energy.readAt(2);

        assertThat(energy.lost)
                .containsEntry("package-0", tree.directory("intel-rapl:0") + "/energy_uj is of another zone now")
                .containsEntry("package-1", tree.directory("intel-rapl:1") + "/energy_uj is of another zone now");
        assertThat(energy.microjoules("package-0") + energy.microjoules("package-1"))
                .isZero();

        Files.writeString(tree.directory("intel-rapl:0").resolve("name"), "package-0\n");
        energy.readAt(3);
        tree.energy("intel-rapl:0", 2_000_000_500_042L + "\n");
        energy.readAt(4);
        assertThat(energy.microjoules("package-0")).isEqualTo(42);
    }

    @Test
    void aZoneThatComesBackAsAnotherIsNotTakenForTheOneThatWas() throws IOException {
        AccumulatedReadings energy = new AccumulatedReadings(probe());
        energy.readAt(0);
        tree.unplug("intel-rapl:0");
        energy.readAt(1);
        tree.zone("intel-rapl:0", "psys", 3_000_000);
        energy.readAt(2);
        tree.energy("intel-rapl:0", "4000000\n");
        energy.readAt(3);

        assertThat(energy.microjoules("package-0")).isZero();
    }

    /** A named pipe has whoever opens it wait for a writer, and the thread of the plain files waits for nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"energy_uj", "name", "max_energy_range_uj", "constraint_0_max_power_uw"})
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aNamedPipeAmongTheFilesHoldsNobodyUp(String file) throws Exception {
        pipe(tree.directory("intel-rapl:0").resolve(file));
        Findings found = PowercapProbe.find(tree.root(), "");
        try (EnergyProbe probe = found.probe().orElseThrow()) {
            probe.read(readings);
        }

        assertThat(readings.counters).containsValue(2_000_000L);
        if (file.equals("energy_uj")) {
            assertThat(found.findings())
                    .extracting(Finding::text)
                    .anyMatch(text -> text.contains("intel-rapl:0/energy_uj is no plain file"));
        }
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aNamedPipeThatTakesACountersPlaceHoldsNobodyUp() throws Exception {
        try (EnergyProbe probe = probe()) {
            probe.read(readings);
            pipe(tree.directory("intel-rapl:0").resolve("energy_uj"));
            for (int reading = 0; reading < 20; reading++) {
                probe.read(readings.clear());
            }
        }

        assertThat(readings.failed.stream()).containsExactly(0);
        assertThat(readings.counters).containsEntry(1, 2_000_000L);
    }

    private static void pipe(Path file) throws Exception {
        Files.deleteIfExists(file);
        assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0);
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
    void aReadingAllocatesNothing() throws IOException {
        SilentReadings silent = new SilentReadings();

        try (EnergyProbe probe = probe();
                RandomAccessFile first = counter("intel-rapl:0");
                RandomAccessFile second = counter("intel-rapl:1")) {
            int[] digit = new int[1];
            assertThat(AllocatedBytes.inTenThousandRunsOf(() -> {
                        step(first, digit);
                        step(second, digit);
                        probe.read(silent);
                    }))
                    .isZero();
        }

        assertThat(silent.handed).isEqualTo(80_000);
        assertThat(silent.failures).isZero();
    }

    private RandomAccessFile counter(String id) throws IOException {
        return new RandomAccessFile(tree.directory(id).resolve("energy_uj").toFile(), "rw");
    }

    /** As a counter of the kernel moves, in the file that is open. */
    private static void step(RandomAccessFile counter, int[] digit) {
        try {
            digit[0] = (digit[0] + 3) % 10;
            counter.seek(6);
            counter.write('0' + digit[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCounterThatIsReplacedByRenamesLosesNoEnergyAndThatIsSaidOnce() {
        AccumulatedReadings energy = new AccumulatedReadings(probe());
        energy.readAt(0);

        for (int second = 1; second <= 60; second++) {
            tree.replace("intel-rapl:0", 1_000_000 + second * 100_000 + "\n");
            energy.readAt(second);
        }

        assertThat(energy.microjoules("package-0")).isEqualTo(6_000_000);
        assertThat(energy.failures).isZero();
        assertThat(energy.notes)
                .containsExactly(tree.directory("intel-rapl:0")
                        + "/energy_uj is replaced each time it is written; it is reopened for that");
    }

    @Test
    void aTreeWhoseLinkIsChangedIsReadWhereTheLinkLeads() throws IOException {
        PowercapTree next = new PowercapTree(sys.resolve("next")).zone("intel-rapl:0", "package-0", 1_700_000);
        Path link = Files.createSymbolicLink(sys.resolve("mounted"), tree.nestedRoot());
        AccumulatedReadings energy =
                new AccumulatedReadings(PowercapProbe.find(link, "").probe().orElseThrow());
        energy.readAt(0);

        Files.delete(link);
        Files.createSymbolicLink(link, next.nestedRoot());
        for (int second = 1; second <= 5; second++) {
            energy.readAt(second);
        }

        assertThat(energy.microjoules("package-0")).isEqualTo(700_000);
    }

    @Test
    void aFileThatIsMissingForAMomentIsAGapThatLosesNoEnergy() throws IOException {
        AccumulatedReadings energy = new AccumulatedReadings(probe());
        energy.readAt(0);

        Files.delete(tree.directory("intel-rapl:0").resolve("energy_uj"));
        for (int second = 1; second <= 5; second++) {
            energy.readAt(second);
        }
        tree.energy("intel-rapl:0", "1800000\n");
        energy.readAt(6);

        assertThat(energy.failures).isPositive();
        assertThat(energy.lost).isEmpty();
        assertThat(energy.microjoules("package-0")).isEqualTo(800_000);
    }

    @Test
    void aCopyThatHasStoppedIsAGapAfterMinutesAndContinuesWhenItMoves() {
        AccumulatedReadings energy = new AccumulatedReadings(probe());
        for (int second = 0; second <= 200; second++) {
            tree.energy("intel-rapl:1", 2_000_000 + second + "\n");
            energy.readAt(second);
        }

        assertThat(energy.failures).isEqualTo(51);

        tree.energy("intel-rapl:0", "1300000\n");
        energy.readAt(201);

        assertThat(energy.failures).isEqualTo(51);
        assertThat(energy.microjoules("package-0")).isEqualTo(300_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\r\n", "5\t\n", " 5 \n", "5", "5\u0000", "5\n\n"})
    void whatIsNotSeenAroundTheNumberChangesNothing(String content) {
        tree.energy("intel-rapl:0", content);

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
        }

        assertThat(readings.counters).containsEntry(0, 5L);
    }

    @ParameterizedTest
    @CsvSource({
        "'', energy_uj is empty.",
        "'0x', energy_uj holds no number of this kind: '0x'. A counter is a whole number",
        "'-7\n', energy_uj holds no number of this kind: '-7'. A counter is a whole number",
        "'unsupported\n', energy_uj holds no number of this kind: 'unsupported'. A counter is a whole number",
        "'99999999999999999999\n', energy_uj holds a number beyond 63 bits: '99999999999999999999'. A counter is"
    })
    void whatHoldsNoNumberIsNamedAndItsRemedyIsNotOneForPermission(String content, String what) {
        tree.energy("intel-rapl:0", content).energy("intel-rapl:1", content);

        Findings found = new PowercapSearch(tree.root(), millis -> {}).find("");

        assertThat(found.probe()).isEmpty();
        assertThat(found.findings())
                .singleElement()
                .extracting(Finding::note)
                .asString()
                .contains(what, "a program copies the counters", "mv energy_uj.new energy_uj")
                .doesNotContain("chmod", "CVE");
    }

    @Test
    void aReadingThatFailsSaysWhatIsInTheFile() {
        try (EnergyProbe probe = probe()) {
            tree.energy("intel-rapl:0", "n/a\n");
            probe.read(readings);
        }

        assertThat(readings.reasons.get(0)).endsWith("energy_uj holds no number of this kind: 'n/a'");
    }

    @Test
    void filesThatAreMetEmptyAreWaitedForTogether() {
        tree.energy("intel-rapl:0", "").energy("intel-rapl:1", "");
        List<Long> pauses = new ArrayList<>();

        Findings found = new PowercapSearch(tree.root(), millis -> {
                    pauses.add(millis);
                    if (pauses.size() == 3) {
                        tree.energy("intel-rapl:0", "5\n").energy("intel-rapl:1", "6\n");
                    }
                })
                .find("");

        assertThat(pauses).containsExactly(1L, 2L, 4L);
        assertThat(found.probe().orElseThrow().domains()).hasSize(2);
        assertThat(found.findings()).extracting(Finding::state).containsExactly(SourceState.METERED);
    }

    @Test
    void aFileThatStaysEmptyDelaysNoOtherAndIsMeteredFromItsFirstNumberOn() {
        tree.energy("intel-rapl:0", "");
        List<Long> pauses = new ArrayList<>();

        Findings found = new PowercapSearch(tree.root(), pauses::add).find("");
        try (EnergyProbe probe = found.probe().orElseThrow()) {
            probe.read(readings);
            assertThat(readings.failed.stream()).containsExactly(0);
            tree.energy("intel-rapl:0", "5\n");
            probe.read(readings);
        }

        assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
        assertThat(readings.counters).isEqualTo(Map.of(0, 5L, 1, 2_000_000L));
        assertThat(found.findings().get(1).note())
                .startsWith("The energy of package-0 is missing from every total. ")
                .contains("energy_uj is empty. It is read again and again, and metered from its first number on.");
    }

    @Test
    void filesThatAllStayEmptyAreGivenUpAfterLittleMoreThanHalfASecond() {
        tree.energy("intel-rapl:0", "").energy("intel-rapl:1", "");
        List<Long> pauses = new ArrayList<>();

        Findings found = new PowercapSearch(tree.root(), pauses::add).find("");

        assertThat(found.probe()).isEmpty();
        assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "'125000000', '253000000', 253000000",
        "'0', '', 0",
        "'', '65000000', 65000000",
        "'4095999875', '125000000', 125000000",
        "'18446744073709551615', 'none', 0"
    })
    void theHighestPowerThatMayBeSetIsItsLimit(String longTerm, String shortTerm, long limit) {
        PowercapTree.write(tree.directory("intel-rapl:0").resolve("constraint_0_max_power_uw"), longTerm + "\n");
        PowercapTree.write(tree.directory("intel-rapl:0").resolve("constraint_1_power_limit_uw"), shortTerm + "\n");

        try (EnergyProbe probe = probe()) {
            assertThat(probe.domains().get(0).sensor().limitMicrowatts()).isEqualTo(limit);
            assertThat(probe.domains().get(1).sensor().limitMicrowatts()).isEqualTo(Sensor.NO_LIMIT);
        }
    }

    @Test
    void aZoneOfWhichNothingIsKnownIsNamed() {
        tree.zone("intel-rapl:0:3", "npu", 5).zone("intel-rapl:0:4", "core", 5).zone("amd-rapl:0", "package-7", 5);

        Findings found = PowercapProbe.find(tree.root(), "");

        assertThat(found.findings())
                .singleElement()
                .extracting(Finding::what)
                .isEqualTo("Not metered, because it is not known what they hold: amd-rapl:0 'package-7', intel-rapl:0:3"
                        + " 'npu'.");
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
