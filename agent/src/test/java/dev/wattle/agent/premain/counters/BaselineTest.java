/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.wattle.agent.host.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {
    @TempDir
    Path root;

    @Test
    void readsEachZoneOnceThatTheKernelShowsAtTheTopAndNested() throws IOException {
        Path devices = Files.createDirectories(root.resolve("devices/intel-rapl"));
        Path top = Files.createDirectories(root.resolve("class"));
        zone(devices.resolve("intel-rapl:0"), "11\n");
        zone(devices.resolve("intel-rapl:0/intel-rapl:0:0"), "12\n");
        zone(devices.resolve("intel-rapl:1"), "13\n");
        Files.createSymbolicLink(top.resolve("intel-rapl"), devices);
        Files.createSymbolicLink(top.resolve("intel-rapl:0"), devices.resolve("intel-rapl:0"));
        Files.createSymbolicLink(top.resolve("intel-rapl:0:0"), devices.resolve("intel-rapl:0/intel-rapl:0:0"));
        Files.createSymbolicLink(top.resolve("intel-rapl:1"), devices.resolve("intel-rapl:1"));
        Files.createSymbolicLink(devices.resolve("intel-rapl:0/subsystem"), top);
        zone(top.resolve("dtpm"), "99\n");

        assertThat(values(Baseline.ofTree(top.toFile())))
                .hasSize(3)
                .containsEntry("intel-rapl:0", 11L)
                .containsEntry("intel-rapl:0:0", 12L)
                .containsEntry("intel-rapl:1", 13L);
        assertThat(values(Baseline.ofTree(root.resolve("devices").toFile()))).hasSize(3);
    }

    @Test
    void datesEachReading() throws IOException {
        zone(root.resolve("intel-rapl:0"), "262143328849\n");

        long before = System.nanoTime();
        Baseline baseline = Baseline.ofTree(root.toFile());
        long after = System.nanoTime();

        assertThat(baseline.microjoules(0)).isEqualTo(262_143_328_849L);
        assertThat(baseline.nanos(0)).isBetween(before, after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "-1\n", "12x\n", "1 2\n", "99999999999999999999\n", "\u0000\n", "Ä\n"})
    void leavesOutACounterWithoutANumber(String text) throws IOException {
        zone(root.resolve("intel-rapl:0"), text);
        zone(root.resolve("intel-rapl:1"), "13\r\n");

        assertThat(values(Baseline.ofTree(root.toFile()))).hasSize(1).containsEntry("intel-rapl:1", 13L);
    }

    @Test
    void doesNotWaitForAPipe() throws IOException {
        Path zone = Files.createDirectories(root.resolve("intel-rapl:0"));
        Tools.need(
                "named pipes",
                Tools.program("mkfifo").toString(),
                zone.resolve("energy_uj").toString());

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(Baseline.ofTree(root.toFile()).size()).isZero());
    }

    @Test
    void readsALimitedNumberOfCounters() throws IOException {
        for (int i = 0; i < 300; i++) {
            zone(root.resolve("intel-rapl:" + i), i + "\n");
        }
        Files.createSymbolicLink(root.resolve("intel-rapl"), root);

        assertThat(Baseline.ofTree(root.toFile()).size()).isEqualTo(128);
    }

    @Test
    void isEmptyWithoutATree() {
        assertThat(Baseline.ofTree(root.resolve("none").toFile()).size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "powercap-root=%s",
                "zone=FR,powercap-root=%s,run=a",
                "run=a, powercap-root = %s",
                ",powercap-root=%s"
            })
    void leavesAConfiguredTreeToTheAgentsThread(String arguments) throws IOException {
        zone(root.resolve("intel-rapl:0"), "11\n");

        Baseline baseline = Baseline.of(String.format(arguments, root));
        assertThat(baseline.size()).isZero();
        baseline.takeConfigured();

        assertThat(baseline.size()).isEqualTo(1);
    }

    private static TreeMap<String, Long> values(Baseline baseline) {
        TreeMap<String, Long> values = new TreeMap<>();
        for (int i = 0; i < baseline.size(); i++) {
            values.put(baseline.file(i).getParentFile().getName(), baseline.microjoules(i));
        }
        assertThat(values).as("each once").hasSize(baseline.size());
        return values;
    }

    private static void zone(Path zone, String counter) throws IOException {
        Files.writeString(Files.createDirectories(zone).resolve("energy_uj"), counter);
    }
}
