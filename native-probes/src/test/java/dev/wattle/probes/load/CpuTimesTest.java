/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.probes.AllocatedBytes;
import dev.wattle.probes.ProcTree;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuTimesTest {
    private static final String AFTER_NAME = " S 1 99 99 0 -1 4194560 12 0 0 0 %s 0 0 20 0 30 0 7 8 9\n";

    @TempDir
    Path root;

    private ProcTree proc;

    @BeforeEach
    void machine() {
        proc = new ProcTree(root).file("stat", """
                cpu  100 10 50 700 40 3 2 5 80 0
                cpu0 50 5 25 350 20 1 1 2 40 0
                cpu1 50 5 25 350 20 2 1 3 40 0
                intr 1
                """);
    }

    @Test
    void readsTheProcessAndItsMachine() {
        proc.file("self/stat", "99 (java)" + AFTER_NAME.formatted("250 30"));

        try (CpuTimes times = new CpuTimes(root)) {
            assertThat(times.refresh()).isTrue();
            assertThat(times.processNanos()).isEqualTo(2_800_000_000L);
            assertThat(times.machineTotalNanos()).isEqualTo(9_100_000_000L);
        }
    }

    @Test
    void aCommandMayBeNamedLikeItsOwnLine() {
        proc.file("self/stat", "99 (a) S 1 (b)" + AFTER_NAME.formatted("7 0"));

        try (CpuTimes times = new CpuTimes(root)) {
            assertThat(times.refresh()).isTrue();
            assertThat(times.processNanos()).isEqualTo(70_000_000L);
        }
    }

    @Test
    void whatCannotBeReadIsFalseAndNotZero() {
        try (CpuTimes times = new CpuTimes(root)) {
            assertThat(times.refresh()).isFalse();
        }
        proc.file("self/stat", "99 (java) S 1 2");
        try (CpuTimes times = new CpuTimes(root)) {
            assertThat(times.refresh()).isFalse();
        }
    }

    @Test
    void refreshingAllocatesNothing() {
        proc.file("self/stat", "99 (java)" + AFTER_NAME.formatted("250 30"));

        try (CpuTimes times = new CpuTimes(root)) {
            assertThat(AllocatedBytes.inTenThousandRunsOf(times::refresh)).isZero();
        }
    }
}
