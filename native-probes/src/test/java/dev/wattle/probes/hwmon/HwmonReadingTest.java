/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.AllocatedBytes;
import dev.wattle.probes.RecordedReadings;
import dev.wattle.probes.SilentReadings;
import dev.wattle.probes.source.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HwmonReadingTest {
    private static final int BOARD = 2;

    @TempDir
    Path sys;

    private final RecordedReadings readings = new RecordedReadings();
    private HwmonTree tree;

    @BeforeEach
    void emptyMachine() {
        tree = new HwmonTree(sys);
    }

    @Test
    void passesOnAPowerInMicrowatts() {
        tree.mi210Server();

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
            tree.with(4, "power1_average", "299000000");
            probe.read(readings);
        }

        assertThat(readings.powers).isEqualTo(Map.of(0, 43_000_000L, 1, 299_000_000L));
    }

    @Test
    void passesOnACounterUnchanged() {
        tree.arcB580();

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
        }

        assertThat(readings.counters).isEqualTo(Map.of(0, 5_000_000_000L));
    }

    @Test
    void aRailsPowerIsItsVoltageTimesItsCurrent() {
        tree.agxOrin().with(3, "in1_input", "19840").with(3, "curr1_input", "1240");

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
        }

        assertThat(readings.powers).isEqualTo(Map.of(0, 24_601_600L, 1, 1_000_000L, 2, 1_500_000L));
    }

    @Test
    void aRailThatIsSwitchedOffDrawsNothingAndNotLess() {
        tree.agxXavier().with(3, "curr1_input", "-8").with(2, "curr1_input", "0");

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
        }

        assertThat(readings.powers).containsEntry(0, 0L).containsEntry(3, 0L);
        assertThat(readings.failed.isEmpty()).isTrue();
    }

    @Test
    void aFileThatIsReplacedByRenamesIsReopenedAndThatIsSaidOnce() throws IOException {
        tree.mi210Server();

        try (EnergyProbe probe = probe()) {
            for (int watts = 50; watts < 90; watts++) {
                Path other = sys.resolve("new");
                Files.writeString(other, watts + "000000\n");
                Files.setLastModifiedTime(other, FileTime.fromMillis(1_000L * watts));
                Files.move(other, tree.file(4, "power1_average"), StandardCopyOption.ATOMIC_MOVE);
                probe.read(readings);
            }
        }

        assertThat(readings.powers).containsEntry(1, 89_000_000L);
        assertThat(readings.notes).containsExactly("1 " + DomainReader.REPLACED);
    }

    @Test
    void aReadingThatFailsSaysWhy() {
        tree.mi210Server();

        try (EnergyProbe probe = probe()) {
            tree.with(4, "power1_average", "N/A");
            probe.read(readings);
        }

        assertThat(readings.reasons.get(1)).endsWith("power1_average holds no number of this kind: 'N/A'");
    }

    @Test
    void datesAReadingAroundTheCallThatMadeIt() {
        tree.rx7900Desktop();
        readings.nanoTime = 700;

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
        }

        assertThat(readings.lastBefore).isEqualTo(700);
        assertThat(readings.lastAfter).isEqualTo(701);
    }

    @Test
    void leavesUnwantedDomainsAlone() {
        tree.mi210Server();
        readings.unwanted.set(0);

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
        }

        assertThat(readings.powers).containsOnlyKeys(1);
        assertThat(readings.failed.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspended", "suspending", "resuming"})
    void theSensorOfASleepingBoardIsNotTouched(String status) {
        tree.rx7900Desktop().status(BOARD, status).poison(BOARD, "power1_average");

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
            probe.read(readings);
        }

        assertThat(readings.silent.stream()).containsExactly(0);
        assertThat(readings.failed.isEmpty()).isTrue();
        assertThat(readings.powers).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theSensorOfASleepingBoardIsNotOpened() throws IOException {
        tree.arcA770Workstation().status(1, "suspended");

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
            assertThat(openFiles()).contains("runtime_status").doesNotContain("energy1_input");

            tree.status(1, "active");
            probe.read(readings);
            assertThat(openFiles()).contains("energy1_input");
        }
    }

    @Test
    void aBoardIsMeteredWhileItIsAwake() {
        tree.rx7900Desktop().status(BOARD, "suspended");

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
            assertThat(readings.powers).isEmpty();

            tree.status(BOARD, "active");
            probe.read(readings.clear());
            assertThat(readings.powers).containsEntry(0, 18_000_000L);
            assertThat(readings.silent.isEmpty()).isTrue();

            tree.status(BOARD, "suspending");
            probe.read(readings.clear());
            assertThat(readings.powers).isEmpty();
            assertThat(readings.silent.get(0)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "unsupported", "error", ""})
    void aBoardThatDoesNotSayThatItSleepsIsRead(String status) {
        tree.rx7900Desktop().status(BOARD, status);

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
        }

        assertThat(readings.powers).containsEntry(0, 18_000_000L);
    }

    @Test
    void aBoardOfAKernelWithoutPowerManagementIsRead() throws IOException {
        tree.rx7900Desktop();
        Files.delete(tree.file(BOARD, "../../power/runtime_status"));

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
        }

        assertThat(readings.powers).containsEntry(0, 18_000_000L);
    }

    @Test
    void aPowerOfZeroIsNoReading() {
        tree.rx7900Desktop();

        try (EnergyProbe probe = probe()) {
            tree.with(BOARD, "power1_average", "0");
            probe.read(readings);
        }

        assertThat(readings.silent.get(0)).isTrue();
        assertThat(readings.powers).isEmpty();
        assertThat(readings.failed.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "12 13", "1.5", "garbage", "99999999999999999999"})
    void whatIsNoNumberIsAGapAndNeverAZero(String content) {
        tree.mi210Server();

        try (EnergyProbe probe = probe()) {
            tree.with(5, "power1_average", content);
            probe.read(readings);
        }

        assertThat(readings.failed.stream()).containsExactly(0);
        assertThat(readings.powers).containsOnlyKeys(1);
    }

    @Test
    void aBoardThatIsUnpluggedFailsAndItsNeighbourContinues() {
        tree.mi210Server();

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
            tree.with(5, "power1_average", "").unplug(5);
            probe.read(readings.clear());
        }

        assertThat(readings.failed.stream()).containsExactly(0);
        assertThat(readings.powers).containsEntry(1, 41_000_000L);
    }

    @Test
    void aBoardThatComesBackIsReadAgain() {
        tree.mi210Server();

        try (EnergyProbe probe = probe()) {
            probe.read(readings);
            tree.with(5, "power1_average", "").status(5, "").unplug(5);
            probe.read(readings);
            tree.pci(5, "0000:63:00.0", "1002:740F", "amdgpu").with(5, "power1_average", "44000000");
            probe.read(readings.clear());
        }

        assertThat(readings.failed.isEmpty()).isTrue();
        assertThat(readings.powers).containsEntry(0, 44_000_000L);
    }

    @Test
    void aReadingAllocatesNothingBeItOfABoardAwakeOrAsleepACounterOrARail() {
        tree.mi210Server()
                .status(5, "suspended")
                .pci(1, "0000:03:00.0", "8086:56A0", "i915")
                .with(1, "energy1_input", "1234567890")
                .ina3221(2, "1-0040", "VDD_IN");
        SilentReadings silent = new SilentReadings();

        try (EnergyProbe probe = probe()) {
            assertThat(AllocatedBytes.inTenThousandRunsOf(() -> probe.read(silent)))
                    .isZero();
        }

        assertThat(silent.handed).isEqualTo(120_000);
        assertThat(silent.silences).isEqualTo(40_000);
        assertThat(silent.failures).isZero();
    }

    @Test
    void isReadAtMostTenTimesASecond() {
        tree.mi210Server();

        try (EnergyProbe probe = probe()) {
            assertThat(probe.minPeriodNanos()).isEqualTo(100_000_000);
        }
    }

    @Test
    void waitsForItsSensorsForAtMostAQuarterOfTheTime() {
        tree.agxXavier();

        try (EnergyProbe probe = probe()) {
            assertThat(probe.minPeriodNanos()).isEqualTo(4 * 6 * 2 * 7_000_000L);
        }
    }

    @Test
    void aCounterThatCannotBeReadBecomesAFindingWithTheFileAndTheReason() {
        tree.arcA770Workstation().poison(1, "energy1_input");

        assertThat(HwmonProbe.find(tree.root(), MeteredElsewhere.NOTHING).probe())
                .isEmpty();
        assertThat(notes())
                .singleElement()
                .asString()
                .contains("Intel GPU 8086:56A0 at 0000:03:00.0 is not metered", tree.file(1, "energy1_input") + " (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "suspended"})
    void aCounterThatOnlyRootMayReadBecomesAFindingWithTheRemedy(String status) throws IOException {
        Path counter = tree.arcA770Workstation().status(1, status).file(1, "energy1_input");
        Files.setPosixFilePermissions(counter, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(counter), "root may read everything");

        assertThat(notes())
                .singleElement()
                .asString()
                .contains(
                        "Permission denied",
                        "sudo chmod 0440 " + counter,
                        "SUBSYSTEM==\"hwmon\", ATTR{name}==\"i915\"",
                        "chgrp power /sys%p/energy1_input");
    }

    private List<String> notes() {
        return HwmonProbe.find(tree.root(), MeteredElsewhere.NOTHING).findings().stream()
                .map(Finding::note)
                .toList();
    }

    private EnergyProbe probe() {
        return HwmonProbe.find(tree.root(), MeteredElsewhere.NOTHING).probe().orElseThrow();
    }

    private List<String> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .flatMap(HwmonReadingTest::target)
                    .filter(path -> path.startsWith(sys))
                    .map(path -> String.valueOf(path.getFileName()))
                    .toList();
        }
    }

    private static Stream<Path> target(Path descriptor) {
        try {
            return Stream.of(Files.readSymbolicLink(descriptor));
        } catch (IOException closedMeanwhile) {
            return Stream.empty();
        }
    }
}
