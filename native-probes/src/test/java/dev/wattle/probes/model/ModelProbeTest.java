/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.AllocatedBytes;
import dev.wattle.probes.IntegratedReadings;
import dev.wattle.probes.ProcTree;
import dev.wattle.probes.RecordedReadings;
import dev.wattle.probes.SilentReadings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelProbeTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path directory;

    private final RecordedReadings readings = new RecordedReadings();
    private ProcTree proc;

    @BeforeEach
    void emptyProc() {
        proc = new ProcTree(directory.resolve("proc"));
    }

    // Two packages of 150 W: 0.12, 0.32, 0.75 and 1.02 times 300 W at 0, 10, 50 and 100 %, straight between.
    @ParameterizedTest
    @CsvSource({"0, 36", "5, 66", "10, 96", "30, 160.5", "50, 225", "75, 265.5", "100, 306"})
    void aKnownServerFollowsTheCurveOfItsThermalDesignPower(int percent, double watts) {
        proc.xeonServer();

        assertThat(wattsAtLoad(percent)).isEqualTo(watts, within(1e-6));
    }

    // Four vCPUs of 0.264 W idle and 1.464 W full.
    @ParameterizedTest
    @CsvSource({"0, 1.056", "50, 3.456", "100, 5.856"})
    void aVirtualMachineFollowsTheWattsPerVcpuOfItsMicroarchitecture(int percent, double watts) {
        proc.epycGuest();

        assertThat(wattsAtLoad(percent)).isEqualTo(watts, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"0, 2.88", "100, 14.868"})
    void anUnknownProcessorFollowsTheMeanOfTheClouds(int percent, double watts) {
        proc.cpuinfo("Unheard-of", 1, 2, 3, "Nine Thousand", "fpu", 4, 1);

        assertThat(wattsAtLoad(percent)).isEqualTo(watts, within(1e-6));
    }

    /** As under lxcfs: two of the forty threads of a Xeon of 150 W. */
    @Test
    void aContainerThatIsShownFewerProcessorsIsNotGivenTheWholePackage() {
        proc.packagesOf(40, 20).cpuinfo("GenuineIntel", 6, 85, 4, ProcTree.XEON_6148, "fpu", 2, 1);

        assertThat(wattsAtLoad(100)).isEqualTo(2 * 1.02 * 150 / 40, within(1e-6));
    }

    /** The figures are of servers with two threads a core, 1.693 W each at full load. */
    @ParameterizedTest
    @CsvSource({"128, 64, 1.693", "64, 64, 3.386"})
    void aCoreWithOneThreadDrawsAsMuchAsOneWithTwo(int threads, int cores, double wattsOfAThread) {
        proc.packagesOf(threads, cores).cpuinfo("AuthenticAMD", 23, 49, 0, "AMD EPYC 7742", "fpu", threads, 1);

        assertThat(wattsAtLoad(100)).isEqualTo(wattsOfAThread * threads, within(1e-6));
    }

    @Test
    void aVirtualProcessorIsOneThreadWhateverTheHypervisorSaysOfItsCore() {
        proc.packagesOf(4, 4).cpuinfo("AuthenticAMD", 23, 49, 0, "AMD EPYC 7B12", "fpu hypervisor", 4, 1);

        assertThat(wattsAtLoad(100)).isEqualTo(4 * 1.693, within(1e-6));
    }

    @Test
    void anArmServersProcessorIsACoreAsTheFiguresHaveIt() {
        proc.neoverse(4);

        assertThat(wattsAtLoad(100)).isEqualTo(4 * 1.693, within(1e-6));
    }

    /** Idle for half a second, busy for a fifth, idle again: 36 W, 306 W, 36 W. */
    @Test
    void theEnergyIsThatOfEachWindowAtItsOwnPower() {
        proc.xeonServer().stat(0, 0);
        IntegratedReadings energy = new IntegratedReadings();

        try (ModelProbe probe = probe()) {
            probe.read(energy);
            energy.nanoTime += SECOND / 2;
            proc.stat(0, 200);
            probe.read(energy);
            energy.nanoTime += SECOND / 5;
            proc.stat(80, 200);
            probe.read(energy);
            energy.nanoTime += SECOND;
            proc.stat(80, 600);
            probe.read(energy);
        }

        assertThat(energy.domain(0).rejected()).isZero();
        assertThat(energy.domain(0).cumulativeMicrojoules()).isCloseTo(115_200_000, within(10L));
        assertThat(energy.domain(1).cumulativeMicrojoules()).isCloseTo(42_649_600, within(10L));
    }

    @Test
    void aRunShorterThanAPeriodHasItsEnergyToo() {
        proc.xeonServer().stat(0, 0);
        IntegratedReadings energy = new IntegratedReadings();

        try (ModelProbe probe = probe()) {
            probe.read(energy);
            energy.nanoTime += SECOND / 10;
            proc.stat(40, 0);
            probe.read(energy);

            assertThat(probe.minPeriodNanos()).isEqualTo(SECOND / 2);
        }

        assertThat(energy.domain(0).cumulativeMicrojoules()).isCloseTo(30_600_000, within(10L));
    }

    @Test
    void readingsWithinOneTickOfTheLoadShowNothingAndLoseNothing() {
        proc.xeonServer().stat(0, 0);
        IntegratedReadings energy = new IntegratedReadings();

        try (ModelProbe probe = probe()) {
            probe.read(energy);
            energy.nanoTime += SECOND / 1000;
            probe.read(energy);
            energy.nanoTime += SECOND - SECOND / 1000;
            proc.stat(0, 400);
            probe.read(energy);
        }

        assertThat(energy.failures).isZero();
        assertThat(energy.domain(0).cumulativeMicrojoules()).isCloseTo(36_000_000, within(10L));
    }

    @Test
    void aLoadThatRanBackwardsStartsAgain() {
        proc.xeonServer().stat(1_000, 1_000);

        try (ModelProbe probe = probe()) {
            probe.read(readings);
            readings.nanoTime += SECOND;
            proc.stat(10, 10_000);
            probe.read(readings);
            assertThat(readings.powers).doesNotContainKey(0);

            readings.nanoTime += SECOND;
            proc.stat(10, 10_400);
            probe.read(readings);
        }

        assertThat(readings.powers).containsEntry(0, 36_000_000L);
    }

    @Test
    void aLoadThatCannotBeReadIsAGapAndTheNextWindowStartsAgain() throws Exception {
        proc.xeonServer().stat(0, 0);

        try (ModelProbe probe = probe()) {
            probe.read(readings);
            readings.nanoTime += SECOND;
            proc.file("stat", "nonsense\n");
            probe.read(readings);
            assertThat(readings.failed.get(0)).isTrue();

            readings.nanoTime += SECOND;
            proc.stat(400, 0);
            probe.read(readings.clear());
            assertThat(readings.powers).doesNotContainKey(0);

            readings.nanoTime += SECOND;
            proc.stat(400, 400);
            probe.read(readings.clear());
            assertThat(readings.powers).containsEntry(0, 36_000_000L);
        }
    }

    @Test
    void stolenTimeIsNoWorkOfThisMachine() {
        proc.epycGuest().stat(0, 0);

        try (ModelProbe probe = probe()) {
            probe.read(readings);
            readings.nanoTime += SECOND;
            proc.file("stat", "cpu  0 0 0 1200 0 0 0 200 0 0\n");
            probe.read(readings);
        }

        assertThat(readings.powers).containsEntry(0, 1_056_000L);
    }

    @Test
    void memoryIsModelledBySizeInAdditionToTheThermalDesignPower() {
        proc.xeonServer().stat(0, 0);

        try (ModelProbe probe = probe()) {
            probe.read(readings);

            assertThat(probe.domains())
                    .extracting(EnergyDomain::component, EnergyDomain::device)
                    .containsExactly(tuple(Component.CPU, "cpu"), tuple(Component.DRAM, "dram"));
        }
        assertThat(readings.powers).isEqualTo(Map.of(1, 25_088_000L));
    }

    @Test
    void memoryIsNotAddedToWattsThatAlreadyHoldIt() {
        proc.epycGuest().stat(0, 0);

        try (ModelProbe probe = probe()) {
            assertThat(probe.domains()).extracting(EnergyDomain::component).containsExactly(Component.CPU);
        }
    }

    @Test
    void everyDomainSaysThatItIsModelled() {
        proc.xeonServer().stat(0, 0);

        try (ModelProbe probe = probe()) {
            assertThat(probe.domains()).allSatisfy(domain -> {
                assertThat(domain.quality()).isEqualTo(Quality.MODELLED);
                assertThat(domain.scope()).isEqualTo(Scope.MACHINE);
                assertThat(domain.sensor()).isEqualTo(new Sensor.Power(0));
            });
            assertThat(probe.description())
                    .isEqualTo(new ModelDescription(
                            "thermal design power of Gold 6148 by load",
                            ProcTree.XEON_6148,
                            4,
                            36,
                            306,
                            25.088,
                            "Intel ARK export, base TDP, 2025; load curve: Teads Engineering, 2021; memory: Cloud Carbon"
                                    + " Footprint, 0.392 W per GB, 2021",
                            "+/-40 % (arXiv 2509.22092, 2025)"));
        }
    }

    @Test
    void aReadingAllocatesNothing() {
        proc.xeonServer().stat(100, 300);
        SilentReadings silent = new SilentReadings();

        try (ModelProbe probe = probe()) {
            assertThat(AllocatedBytes.inTenThousandRunsOf(() -> probe.read(silent)))
                    .isZero();
        }
        assertThat(silent.failures).isZero();
    }

    @Test
    void withoutAProcessorOrALoadThereIsNoModel() throws Exception {
        Files.createDirectories(proc.root());
        assertThat(ModelProbe.onLinux(proc.root(), directory)).isEmpty();

        proc.xeonServer();
        assertThat(ModelProbe.onLinux(proc.root(), directory)).isEmpty();
    }

    /** As gVisor shows it: a file of the right shape that counts nothing. */
    @Test
    void aMachineThatCountsNoTimeHasNoModel() {
        proc.xeonServer().file("stat", "cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 0 0 0 0 0 0 0 0 0 0\n");

        assertThat(ModelProbe.onLinux(proc.root(), directory)).isEmpty();
    }

    private ModelProbe probe() {
        return ModelProbe.onLinux(proc.root(), directory.resolve("cgroup")).orElseThrow();
    }

    private double wattsAtLoad(int percent) {
        proc.stat(1_000, 5_000);
        try (ModelProbe probe = probe()) {
            probe.read(readings);
            readings.nanoTime += SECOND;
            proc.stat(1_000 + 4L * percent, 5_000 + 4L * (100 - percent));
            probe.read(readings);
        }
        return readings.powers.getOrDefault(0, -1L) / 1e6;
    }
}
