/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Scope;
import dev.wattle.probes.AllocatedBytes;
import dev.wattle.probes.ProcTree;
import dev.wattle.probes.RecordedReadings;
import dev.wattle.probes.SilentReadings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server of 300 W and four threads, 75 W a thread. */
class ContainerModelTest {
    private static final long SECOND = 1_000_000_000;
    private static final String GIBIBYTES_8 = (8L << 30) + "\n";

    @TempDir
    Path directory;

    private final RecordedReadings readings = new RecordedReadings();
    private ProcTree proc;
    private ProcTree cgroup;

    @BeforeEach
    void server() {
        proc = new ProcTree(directory.resolve("proc")).xeonServer().stat(0, 0);
        cgroup = new ProcTree(directory.resolve("cgroup"));
    }

    @Test
    void version2WithAQuotaMetersTheProcessorsAndMemoryGiven() {
        proc.file("self/cgroup", "0::/kubepods/pod1\n");
        cgroup.file("kubepods/pod1/cpu.max", "200000 100000\n")
                .file("kubepods/pod1/memory.max", GIBIBYTES_8)
                .file("kubepods/pod1/cpu.stat", "usage_usec 5000000\nuser_usec 1\n")
                .file("kubepods/cpu.max", "max 100000\n")
                .file("kubepods/cpu.stat", "usage_usec 9000000\n");

        try (ModelProbe probe = probe()) {
            probe.read(readings);
            readings.nanoTime = SECOND + 1;
            // One of the two processors given, all second long.
            cgroup.file("kubepods/pod1/cpu.stat", "usage_usec 6000000\nuser_usec 1\n");
            probe.read(readings);

            assertThat(probe.domains()).extracting(EnergyDomain::scope).containsOnly(Scope.CONTAINER);
            assertThat(probe.description().cpus()).isEqualTo(2);
        }
        assertThat(readings.powers.getOrDefault(0, 0L) / 1_000).isEqualTo(112_500);
        assertThat(readings.powers).containsEntry(1, 3_136_000L);
    }

    @Test
    void version2WithoutALimitIsTheMachine() {
        proc.file("self/cgroup", "0::/user.slice/session-1.scope\n");
        cgroup.file("user.slice/session-1.scope/cpu.max", "max 100000\n")
                .file("user.slice/session-1.scope/memory.max", "max\n")
                .file("user.slice/session-1.scope/cpuset.cpus.effective", "0-3\n")
                .file("user.slice/session-1.scope/cpu.stat", "usage_usec 5\n");

        assertThat(scopes()).containsOnly(Scope.MACHINE);
        try (ModelProbe probe = probe()) {
            assertThat(probe.description().cpus()).isEqualTo(4);
        }
    }

    @Test
    void aQuotaBeyondTheMachineIsNoLimit() {
        proc.file("self/cgroup", "0::/\n");
        cgroup.file("cpu.max", "800000 100000\n").file("cpu.stat", "usage_usec 5\n");

        assertThat(scopes()).containsOnly(Scope.MACHINE);
    }

    @Test
    void aMemoryLimitBeyondTheMachineIsNoLimit() {
        proc.file("self/cgroup", "0::/\n");
        cgroup.file("memory.max", (1L << 40) + "\n").file("cpu.stat", "usage_usec 5\n");

        assertThat(scopes()).containsOnly(Scope.MACHINE);
        try (ModelProbe probe = probe()) {
            assertThat(probe.description().memoryWatts()).isEqualTo(64 * 0.392);
        }
    }

    @Test
    void aLimitedSliceAboveAServiceWithoutLimitsCounts() {
        proc.file("self/cgroup", "0::/training.slice/job.service\n");
        cgroup.file("training.slice/cpu.max", "150000 100000\n")
                .file("training.slice/cpu.stat", "usage_usec 5\n")
                .file("training.slice/job.service/cpu.max", "max 100000\n")
                .file("training.slice/job.service/cpu.stat", "usage_usec 5\n");

        try (ModelProbe probe = probe()) {
            assertThat(probe.description().cpus()).isEqualTo(1.5);
        }
    }

    @Test
    void aContainerBusierThanItsQuotaDrawsWhatItWasGiven() {
        proc.file("self/cgroup", "0::/\n");
        cgroup.file("cpu.max", "100000 100000\n").file("cpu.stat", "usage_usec 0\n");

        try (ModelProbe probe = probe()) {
            probe.read(readings);
            readings.nanoTime = SECOND;
            // A burst: the quota's period may lend what it did not use before.
            cgroup.file("cpu.stat", "usage_usec 1100000\n");
            probe.read(readings);
        }

        assertThat(readings.powers.getOrDefault(0, 0L) / 1_000).isEqualTo(76_500);
    }

    @Test
    void version2WithACpusetMetersItsProcessors() {
        proc.file("self/cgroup", "0::/job\n");
        cgroup.file("job/cpuset.cpus.effective", "0,2-3\n").file("job/cpu.stat", "usage_usec 5\n");

        try (ModelProbe probe = probe()) {
            assertThat(probe.description().cpus()).isEqualTo(3);
            assertThat(probe.domains()).extracting(EnergyDomain::scope).containsExactly(Scope.CONTAINER, Scope.MACHINE);
        }
    }

    @Test
    void theTightestLimitOfAGroupAboveCounts() {
        proc.file("self/cgroup", "0::/pod/container\n");
        cgroup.file("pod/cpu.max", "50000 100000\n")
                .file("pod/cpu.stat", "usage_usec 5\n")
                .file("pod/container/cpu.max", "300000 100000\n")
                .file("pod/container/cpu.stat", "usage_usec 5\n");

        try (ModelProbe probe = probe()) {
            assertThat(probe.description().cpus()).isEqualTo(0.5);
        }
    }

    @Test
    void aGroupThatTheMountDoesNotShowIsTheMountsOwnRoot() {
        proc.file("self/cgroup", "0::/../../docker/abc\n");
        cgroup.file("cpu.max", "100000 100000\n").file("cpu.stat", "usage_usec 5\n");

        try (ModelProbe probe = probe()) {
            assertThat(probe.description().cpus()).isEqualTo(1);
        }
    }

    @Test
    void version1WithAQuotaMetersTheProcessorsAndMemoryGiven() {
        proc.file("self/cgroup", "5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n3:cpuset:/docker/abc\n0::/\n");
        cgroup.file("cpu,cpuacct/cpu.cfs_quota_us", "100000\n")
                .file("cpu,cpuacct/cpu.cfs_period_us", "100000\n")
                .file("cpu,cpuacct/cpuacct.usage", "7000000000\n")
                .file("cpuset/cpuset.cpus", "0-3\n")
                .file("memory/memory.limit_in_bytes", GIBIBYTES_8);

        try (ModelProbe probe = probe()) {
            probe.read(readings);
            readings.nanoTime = SECOND + 1;
            cgroup.file("cpu,cpuacct/cpuacct.usage", "8000000000\n");
            probe.read(readings);

            assertThat(probe.domains()).extracting(EnergyDomain::scope).containsOnly(Scope.CONTAINER);
        }
        assertThat(readings.powers.getOrDefault(0, 0L) / 1_000).isEqualTo(76_500);
    }

    @Test
    void version1WithoutALimitIsTheMachine() {
        proc.file("self/cgroup", "5:memory:/\n4:cpuacct:/\n3:cpu:/\n2:cpuset:/\n");
        cgroup.file("cpu/cpu.cfs_quota_us", "-1\n")
                .file("cpu/cpu.cfs_period_us", "100000\n")
                .file("cpuacct/cpuacct.usage", "1\n")
                .file("cpuset/cpuset.cpus", "0-3\n")
                .file("memory/memory.limit_in_bytes", "9223372036854771712\n");

        assertThat(scopes()).containsOnly(Scope.MACHINE);
    }

    @Test
    void version1WithACpusetMetersItsProcessors() {
        proc.file("self/cgroup", "4:cpuacct:/job\n3:cpu:/job\n2:cpuset:/job\n");
        cgroup.file("cpu/job/cpu.cfs_quota_us", "-1\n")
                .file("cpuacct/job/cpuacct.usage", "1\n")
                .file("cpuset/job/cpuset.cpus", "1\n");

        try (ModelProbe probe = probe()) {
            assertThat(probe.description().cpus()).isEqualTo(1);
        }
    }

    @Test
    void aUsageThatCannotBeReadIsAGap() {
        proc.file("self/cgroup", "0::/\n");
        cgroup.file("cpu.max", "100000 100000\n").file("cpu.stat", "usage_usec 5\n");

        try (ModelProbe probe = probe()) {
            cgroup.file("cpu.stat", "nr_periods 5\n");
            probe.read(readings);
        }

        assertThat(readings.failed.get(0)).isTrue();
        assertThat(readings.powers).isEqualTo(Map.of(1, 25_088_000L));
    }

    @Test
    void aReadingAllocatesNothing() {
        proc.file("self/cgroup", "0::/\n");
        cgroup.file("cpu.max", "100000 100000\n").file("cpu.stat", "usage_usec 5\n");
        SilentReadings silent = new SilentReadings();

        try (ModelProbe probe = probe()) {
            assertThat(AllocatedBytes.inTenThousandRunsOf(() -> probe.read(silent)))
                    .isZero();
        }
    }

    private Iterable<Scope> scopes() {
        try (ModelProbe probe = probe()) {
            return probe.domains().stream().map(EnergyDomain::scope).toList();
        }
    }

    private ModelProbe probe() {
        return ModelProbe.onLinux(proc.root(), cgroup.root()).orElseThrow();
    }
}
