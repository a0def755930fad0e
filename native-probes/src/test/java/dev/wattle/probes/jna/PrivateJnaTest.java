/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.jna;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.probes.PerfTree;
import dev.wattle.probes.ProcTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PrivateJnaTest {
    @TempDir
    Path directory;

    @Test
    void loadsAndLeavesNoPropertyAndNoFileBehind() throws Exception {
        assertThat(run("loads", "-Djava.io.tmpdir=" + directory)).isEmpty();

        try (var left = Files.list(directory)) {
            assertThat(left.filter(file -> file.toString().contains("wattle"))).isEmpty();
        }
    }

    @Test
    void loadsOurOwnLibraryWhateverTheHostSetForItsCopy() throws Exception {
        Path hostile = Files.createDirectory(directory.resolve("hostile"));
        Files.writeString(hostile.resolve("libjnidispatch.so"), "no library");

        assertThat(run(
                        "loads",
                        "-Djna.boot.library.path=" + hostile,
                        "-Djna.nosys=false",
                        "-Djna.tmpdir=/nowhere",
                        "-Djnidispatch.path=/nowhere/libjnidispatch.so"))
                .isEmpty();
    }

    @Test
    void fallsBackToTheHomeDirectory() throws Exception {
        assertThat(run("loads", "-Djava.io.tmpdir=/nowhere", "-Duser.home=" + directory))
                .isEmpty();
    }

    @Test
    void saysWhyWhereNothingCanBeWritten() throws Exception {
        assertThat(run("refuses", "-Djava.io.tmpdir=/nowhere", "-Duser.home=/nowhere"))
                .isEmpty();
    }

    @Test
    void discoveryOnLinuxLoadsNoClassOfJnaOrOshi() throws Exception {
        assertThat(classesLoadedByDiscovery())
                .contains("dev.wattle.probes.perf.PerfProbe")
                .doesNotContain("com.sun.jna", "oshi.", "java.lang.ProcessBuilder");
    }

    @Test
    void perfEventsThatAreNotNeededLoadNoClassOfJna() throws Exception {
        counters();
        new PerfTree(directory).clockOf(100);

        assertThat(classesLoadedByDiscovery())
                .contains("dev.wattle.probes.perf.PackageCounter")
                .doesNotContain("com.sun.jna");
    }

    @Test
    void perfEventsThatAreNeededLoadJna() throws Exception {
        new PerfTree(directory).clockOf(100);

        assertThat(classesLoadedByDiscovery()).contains("com.sun.jna.Native ").doesNotContain("ProcessBuilder");
    }

    private void counters() {
        new ProcTree(directory.resolve("powercap"))
                .file("intel-rapl:0/name", "package-0\n")
                .file("intel-rapl:0/energy_uj", "5\n");
    }

    private String classesLoadedByDiscovery() throws IOException, InterruptedException {
        Path classes = directory.resolve("classes.log");

        assertThat(run("discover", "-Xlog:class+load=info:file=" + classes)).isEmpty();

        return Files.readString(classes);
    }

    /** What the JVM had to complain about; the JDK's own warnings of native access are no complaint of ours. */
    private List<String> run(String scenario, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JnaScenario.class.getName(), scenario));
        command.add(directory.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(30, TimeUnit.SECONDS);
        List<String> complaints = output.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                .toList();
        return process.exitValue() == 0 ? complaints : List.of("exit " + process.exitValue(), output);
    }
}
