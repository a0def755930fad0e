/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static dev.wattle.agent.HostAssertions.assertUndisturbed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.TwoRuns;
import dev.wattle.agent.host.program.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a machine lacks or forbids, the program runs as it would alone, and a line says what is missing. */
class PoorMachineIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource(JAVAS)
    void modelsWhereThereAreNoCounters(JavaHome home) {
        HostRun run = undisturbed(() -> HostJvm.on(home), "powercap-root=" + directory);

        assertThat(run.wattleLines())
                .anyMatch(line -> line.contains("No processor energy counters under " + directory))
                .anyMatch(line -> line.startsWith("wattle: metering ") && line.contains("(modelled)"));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void modelsWhereTheCountersMayNotBeRead(JavaHome home) throws IOException {
        CounterTree tree = new CounterTree(directory);
        allow(directory, "rwxr-xr-x");
        allow(tree.energyFile(), "---------");
        String[] nobody = Tools.nobody();

        HostRun run = undisturbed(() -> open(HostJvm.on(home).through(nobody)), "powercap-root=" + directory);

        assertThat(run.wattleLines())
                .anyMatch(line -> line.contains(tree.energyFile() + " cannot be read"))
                .anyMatch(line -> line.startsWith("wattle: metering ") && line.contains("(modelled)"));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void keepsNoJournalWhereTheHomeIsReadOnly(JavaHome home) {
        String[] readOnly = Tools.mounted(directory, "ro");

        HostRun run = undisturbed(() -> standardLedger(home, directory).through(readOnly), "");

        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains("no journal: " + directory.resolve(".wattle/runs")))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void keepsNoJournalWhereTheHomeIsNotThere(JavaHome home) {
        HostRun run = undisturbed(() -> standardLedger(home, Path.of("/dev/null/nobody")), "");

        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains("no journal: "))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void keepsNoJournalWhereTheSystemKnowsNoHome(JavaHome home) {
        HostRun run = undisturbed(() -> standardLedger(home, Path.of("?")).withoutEnvironment("HOME"), "");

        assertThat(run.summary()).anyMatch(line -> line.contains("journal") && line.contains("none"));
        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains("no journal: this user has no home directory"))
                .singleElement()
                .asString()
                .contains("ledger=DIR");
        assertThat(run.workingDirectory()).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void needsNoTemporaryDirectoryToExecuteFrom(JavaHome home) {
        String[] noexec = Tools.mounted(directory, "noexec");

        HostRun run =
                undisturbed(() -> HostJvm.on(home).through(noexec).jvmArguments("-Djava.io.tmpdir=" + directory), "");

        assertThat(run.summary()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void saysOnceThatTheDiskOfTheLedgerIsFull(JavaHome home) {
        String[] full = Tools.mounted(directory, "size=4k");
        String[] fill = {"sh", "-c", "head -c 4096 /dev/zero > \"$0/filler\" && exec \"$@\"", directory.toString()};

        HostRun run = undisturbed(() -> HostJvm.on(home).through(full).through(fill), "ledger=" + directory);

        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains(directory.toString()))
                .singleElement()
                .asString()
                .contains("could not be written");
        assertThat(run.summary()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void saysOnceThatTheLedgerMayNotBeWritten(JavaHome home) throws IOException {
        Path ledger = Files.createDirectory(directory.resolve("runs"));
        allow(directory, "rwxr-xr-x");
        allow(ledger, "r-xr-xr-x");
        String[] nobody = Tools.nobody();

        HostRun run = undisturbed(() -> HostJvm.on(home).through(nobody), "ledger=" + ledger);

        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains("no journal: " + ledger))
                .singleElement()
                .asString()
                .contains("ledger=DIR");
        assertThat(run.summary()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void servesAtAnotherPortWhereItsOwnIsTaken(JavaHome home) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            HostRun run = undisturbed(() -> HostJvm.on(home), "http=127.0.0.1:" + port);

            assertThat(run.wattleLines())
                    .anyMatch(line -> line.matches("wattle: port " + port + " cannot be used .*, using \\d+; .*"))
                    .anyMatch(line -> line.matches("wattle: metering .*; live at http://127.0.0.1:\\d+/"))
                    .noneMatch(line -> line.contains("live at http://127.0.0.1:" + port + "/"));
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void metersInARuntimeOfTheFewestModules(JavaHome home) {
        JavaHome few = new JavaHome(link(home), home.feature());

        HostRun run = undisturbed(() -> HostJvm.on(few), "");

        assertThat(run.wattleLines())
                .noneMatch(line -> line.contains("Error"))
                .anyMatch(line -> line.startsWith("wattle: metering ") && line.contains("; live at "));
        assertThat(run.summary()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void servesInARuntimeOfTheFewestModules(JavaHome home) {
        JavaHome few = new JavaHome(link(home), home.feature());

        try (RunningHost host = HostJvm.on(few).agent().start(Ending.class, "return")) {
            URI endpoint = host.awaitEndpoint();

            assertThat(Scrape.of(endpoint).text()).contains("wattle_run_info{");
            assertThat(Scrape.get(endpoint.resolve("/run"))).startsWith("{");
            assertThat(Scrape.get(endpoint.resolve("/"))).startsWith("<!DOCTYPE html>");
        }
    }

    private static HostRun undisturbed(Supplier<HostJvm> host, String agentArguments) {
        return assertUndisturbed(TwoRuns.of(host, agentArguments, Ending.class, "return"));
    }

    private static HostJvm standardLedger(JavaHome home, Path userHome) {
        return HostJvm.on(home).withoutEnvironment("WATTLE_LEDGER").jvmArguments("-Duser.home=" + userHome);
    }

    /** Lets another user write into the working directory. */
    private static HostJvm open(HostJvm host) {
        allow(host.workingDirectory(), "rwxrwxrwx");
        return host;
    }

    private static void allow(Path path, String permissions) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path link(JavaHome home) {
        Path jlink = home.program("jlink").orElse(directory);
        Tools.need(!jlink.equals(directory), home + " has no jlink");
        Path image = directory.resolve("few");
        Tools.need(
                home + " can link a runtime",
                jlink.toString(),
                "--add-modules",
                "java.base,java.instrument",
                "--output",
                image.toString());
        return image;
    }
}
