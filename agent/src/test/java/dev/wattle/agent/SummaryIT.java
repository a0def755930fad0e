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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the summary goes, and what keeps it from there. */
class SummaryIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final long USED = 7_123_456;

    /** Standard error is a pipe whose 64 KiB are full and which nobody reads. */
    private static final String FULL_PIPE =
            "mkfifo \"$0\" && exec 9<>\"$0\" && head -c 65536 /dev/zero >&9 && exec \"$@\" 2>&9 9<&-";

    @TempDir
    private Path directory;

    private CounterTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new CounterTree(Files.createDirectory(directory.resolve("powercap")));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void metersAndEndsWhereNobodyReadsStandardError(JavaHome home) {
        Tools.program("mkfifo");
        Path ledger = directory.resolve("runs");
        Journal journal = new Journal(ledger);
        HostRun run;
        try (RunningHost running = host(home, "ledger=" + ledger)
                .through("sh", "-c", FULL_PIPE, directory.resolve("pipe").toString())
                .start(Ending.class, "return")) {
            running.await("a checkpoint", () -> journal.tells("\"checkpoint\""));
            tree.use(USED);
            running.await("the energy", () -> journal.tells("\"package-0\":" + USED));
            running.endInput();
            run = running.awaitExit();
        }

        assertThat(run.exitCode()).isZero();
        assertThat(run.stdout()).endsWith("goodbye\n");
        assertThat(journal.last().get("type").getAsString()).isEqualTo("summary");
    }

    @Test
    void keepsTheSummariesOfSeveralJvmsWhole() throws IOException {
        Path file = directory.resolve("summary.txt");
        List<RunningHost> hosts = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                hosts.add(host(JavaHome.current(), "run=number-" + i + ",summary=full:" + file)
                        .start(Ending.class, "return"));
            }
            hosts.forEach(host -> host.awaitStderr("wattle: metering package-0 (counter)"));
            hosts.forEach(RunningHost::endInput);
            hosts.forEach(RunningHost::awaitExit);
        } finally {
            hosts.forEach(RunningHost::close);
        }

        List<String> lines = Files.readAllLines(file);
        List<Integer> heads = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches(HostRun.SUMMARY + ".*")) {
                heads.add(i);
            }
        }
        assertThat(heads).hasSize(4).startsWith(0);
        heads.add(lines.size());
        for (int i = 0; i < 4; i++) {
            assertThat(lines.subList(heads.get(i) + 1, heads.get(i + 1)))
                    .allMatch(line -> line.startsWith("  "))
                    .anyMatch(line -> line.startsWith("  run          number-"))
                    .anyMatch(line -> line.startsWith("  wall time"))
                    .last()
                    .asString()
                    .startsWith("  journal");
        }
    }

    @Test
    void noEndOnABusyMachineIsWithoutAWord() throws IOException {
        Path ledger = directory.resolve("runs");
        Journal journal = new Journal(ledger);
        List<Process> busy = new ArrayList<>();
        HostRun run;
        try (RunningHost running =
                host(JavaHome.current(), "summary=full,ledger=" + ledger).start(Ending.class, "return")) {
            running.awaitStderr("wattle: metering package-0 (counter)");
            running.await("a checkpoint", () -> journal.tells("\"checkpoint\""));
            for (int i = 0; i < 5 * Runtime.getRuntime().availableProcessors(); i++) {
                busy.add(new ProcessBuilder("timeout", "60", "sh", "-c", "while :; do :; done").start());
            }
            running.endInput();
            run = running.awaitExit();
        } finally {
            busy.forEach(loop -> loop.descendants().forEach(ProcessHandle::destroyForcibly));
            busy.forEach(Process::destroy);
        }

        assertThat(run.stderr()).contains(journal.file().toString());
        assertThat(run.summary().isEmpty() || run.stderr().contains("  package-0"))
                .as(run.stderr())
                .isTrue();
    }

    @Test
    void namesAFileAfterTheProcess() {
        long pid;
        try (RunningHost running = host(JavaHome.current(), "summary=" + directory.resolve("summary-%p.txt"))
                .start(Ending.class, "return")) {
            running.awaitStderr("wattle: metering package-0 (counter)");
            pid = running.pid();
            running.endInput();
            running.awaitExit();
        }

        assertThat(directory.resolve("summary-" + pid + ".txt")).content().containsPattern("^" + HostRun.SUMMARY);
    }

    private HostJvm host(JavaHome home, String arguments) {
        return HostJvm.on(home).agent("http=off,sources=powercap,powercap-root=" + tree.root() + "," + arguments);
    }
}
