/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wattle.probes.PerfTree;
import dev.wattle.probes.ProcTree;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    void takesAnotherDirectoryWhereTheOneForTemporaryFilesIsMissing() throws Exception {
        assertThat(run("loads", "-Djava.io.tmpdir=/nowhere")).isEmpty();
    }

    @Test
    void takesAnotherDirectoryWhereTheOneForTemporaryFilesForbidsToExecute() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("noexec"));
        Path home = Files.createDirectory(directory.resolve("home"));

        assertThat(runWhere(
                        noexec(mount) + "unset XDG_CACHE_HOME;",
                        "; ls -A " + mount + " " + home + " | grep -v :",
                        "loads",
                        "-Djava.io.tmpdir=" + mount,
                        "-Duser.home=" + home))
                .isEmpty();
    }

    @Test
    void takesTheLedgersDirectoryWhereNoneForTemporaryFilesWillDo() throws Exception {
        Path ledger = directory.resolve("ledger/runs");
        String everywhere = noexec(Path.of("/var/tmp")) + noexec(Path.of("/dev/shm")) + noexecButFor(directory);

        assertThat(runWhere(
                        everywhere,
                        "; ls -A " + directory + " /var/tmp /dev/shm | grep wattle",
                        "loads-beside " + ledger,
                        "-Duser.home=/nowhere"))
                .isEmpty();
    }

    @Test
    void saysWhyWhereNoDirectoryWillDo() throws Exception {
        String everywhere = noexec(Path.of("/var/tmp")) + noexec(Path.of("/dev/shm")) + noexec(Path.of("/tmp"));

        assertThat(runWhere(everywhere, "", "refuses", "-Duser.home=/nowhere")).isEmpty();
    }

    @Test
    void aUserWithoutAHomeFindsNothingInTheWorkingDirectory() throws Exception {
        Path working = Files.createDirectory(directory.resolve("working"));

        assertThat(runWhere(
                        "unset XDG_CACHE_HOME HOME; cd " + working + ";",
                        "; ls -A " + working,
                        "loads",
                        "-Duser.home=?",
                        "-Djava.io.tmpdir=" + directory))
                .isEmpty();
    }

    private static String noexec(Path mount) {
        return "mount -t tmpfs -o noexec none " + mount + " && ";
    }

    /** The directory for temporary files, in which a test's own lies too, may not be executed but for the latter. */
    private static String noexecButFor(Path directory) {
        return "mount --bind /tmp /tmp && mount -o remount,bind,noexec /tmp && mount --bind " + directory + " "
                + directory + " && mount -o remount,bind,exec " + directory + " && ";
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
        return complaints(command(scenario, options));
    }

    /** The same in a shell that may mount, for itself alone. */
    private List<String> runWhere(String before, String after, String scenario, String... options)
            throws IOException, InterruptedException {
        assumeThat(complaints(List.of("unshare", "-m", "true")))
                .as("mount namespaces need a root user")
                .isEmpty();
        String java = String.join(
                " ",
                command(scenario, options).stream()
                        .map(word -> "'" + word + "'")
                        .toList());
        return complaints(List.of("unshare", "-m", "sh", "-c", before + java + " || exit 1" + after + "; true"));
    }

    private List<String> command(String scenario, String... options) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classPath, JnaScenario.class.getName()));
        command.addAll(List.of(scenario.split(" ", -1)));
        command.add(directory.toString());
        return command;
    }

    private static List<String> complaints(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(30, TimeUnit.SECONDS);
        List<String> complaints = output.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                .toList();
        return process.exitValue() == 0 ? complaints : List.of("exit " + process.exitValue(), output);
    }
}
