/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody else, or the disk, does to a journal while the run goes on. */
class JournalLossIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final long USED = 7_123_456;

    /** As a disk that takes data and cannot keep it. */
    private static final String NO_SYNC = """
            #include <errno.h>
            int fsync(int file) { (void) file; errno = EIO; return -1; }
            int fdatasync(int file) { (void) file; errno = EIO; return -1; }
            """;

    @TempDir
    private Path directory;

    private CounterTree tree;
    private Path ledger;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new CounterTree(Files.createDirectory(directory.resolve("powercap")));
        ledger = directory.resolve("job").resolve("runs");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void hasACheckpointNextToItsFirstLine(JavaHome home) {
        Journal journal = new Journal(ledger);
        try (RunningHost running = host(home).start(Ending.class, "return")) {
            running.await("the first line", () -> journal.tells("\"run\""));
            running.kill();
            running.awaitExit();
        }

        assertThat(journal.types()).startsWith("run", "checkpoint");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void isWrittenAgainWhereItsDirectoryIsRemoved(JavaHome home) throws IOException {
        Journal journal = new Journal(ledger);
        HostRun run;
        List<String> before;
        try (RunningHost running = host(home).start(Ending.class, "return")) {
            running.awaitStderr("wattle: metering package-0 (counter)");
            running.await("a checkpoint", () -> journal.tells("\"checkpoint\""));
            before = journal.lines();
            Files.delete(journal.file());
            Files.delete(ledger);
            Files.delete(ledger.getParent());
            running.awaitStderr("was removed; it is restored, with all its lines");
            tree.use(USED);
            running.endInput();
            run = running.awaitExit();
        }

        assertThat(journal.lines()).startsWith(before.toArray(String[]::new));
        assertThat(journal.last().get("type").getAsString()).isEqualTo("summary");
        assertThat(journal.last()
                        .getAsJsonObject("microjoules")
                        .get("package-0")
                        .getAsLong())
                .isEqualTo(USED);
        assertThat(run.summary()).last().asString().contains(journal.file().toString());
        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains("journal"))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void isNotNamedWhereItIsGoneForGood(JavaHome home) throws IOException {
        Journal journal = new Journal(ledger);
        HostRun run;
        try (RunningHost running = host(home).start(Ending.class, "return")) {
            running.awaitStderr("wattle: metering package-0 (counter)");
            running.await("a checkpoint", () -> journal.tells("\"checkpoint\""));
            Files.delete(journal.file());
            Files.delete(ledger);
            Files.createFile(ledger);
            running.endInput();
            run = running.awaitExit();
        }

        String summary = String.join(" ", run.summary()).replaceAll(" +", " ");
        assertThat(summary).contains("journal none: ").contains("was removed and could not be restored");
        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains("journal"))
                .singleElement()
                .asString()
                .contains("ledger=DIR names another directory");
    }

    @Test
    void holdsEachLineOnceWhereTheDiskCannotForceIt() throws IOException {
        Journal journal = new Journal(ledger);
        HostRun run;
        try (RunningHost running = host(JavaHome.current())
                .environment("LD_PRELOAD", Tools.preload(directory, NO_SYNC).toString())
                .start(Ending.class, "return")) {
            running.awaitStderr("wattle: metering package-0 (counter)");
            running.await("three checkpoints", () -> journal.count("\"checkpoint\"") >= 3);
            running.endInput();
            run = running.awaitExit();
        }

        assertThat(journal.types()).startsWith("run").endsWith("summary").containsOnlyOnce("run", "summary");
        assertThat(journal.lines()).doesNotHaveDuplicates();
        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains("journal"))
                .singleElement()
                .asString()
                .contains("could not be forced to the disk");
    }

    private HostJvm host(JavaHome home) {
        return HostJvm.on(home).agent("http=off,sources=powercap,powercap-root=" + tree.root() + ",ledger=" + ledger);
    }
}
