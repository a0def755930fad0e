/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left of a run on disk, however it ended. */
class JournalIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final long USED = 7_123_456;

    /** A checkpoint every 5 s, and as much again for a machine that has too much to do. */
    private static final double LONGEST_SECONDS = 10;

    @TempDir
    private Path directory;

    private CounterTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new CounterTree(directory);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void losesNothingBeforeTheLastCheckpointWhenKilled(JavaHome home) throws IOException {
        HostJvm host = host(home, "");
        Journal journal = new Journal(host.workingDirectory().resolve("runs"));
        try (RunningHost running = host.start(Ending.class, "return")) {
            running.awaitStderr("wattle: metering package-0 (counter)");
            tree.use(USED);
            running.await("a checkpoint of " + USED, () -> journal.tells("\"package-0\":" + USED));
            running.kill();
            HostRun run = running.awaitExit();
            assertThat(run.exitCode()).isEqualTo(137);
            assertThat(run.summary()).isEmpty();
        }

        List<JsonObject> lines = journal.objects();
        assertThat(lines.get(0).get("type").getAsString()).isEqualTo("run");
        assertThat(journal.last().get("type").getAsString()).isEqualTo("checkpoint");
        assertThat(packageOf(journal.last())).isEqualTo(USED);
        assertThat(seconds(lines.get(0), lines.get(1))).isBetween(0.0, LONGEST_SECONDS);
        for (int i = 2; i < lines.size(); i++) {
            assertThat(seconds(lines.get(i - 1), lines.get(i))).isBetween(0.0, LONGEST_SECONDS);
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void belongsToItsOwnerAlone(JavaHome home) throws IOException {
        HostRun run = meter(host(home, ""));

        Path runs = run.workingDirectory().resolve("runs");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runs)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(new Journal(runs).file())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void endsWithTheSummaryThatWasPrinted(JavaHome home) {
        HostRun run = meter(host(home, "summary=full"));

        Journal journal = new Journal(run.workingDirectory().resolve("runs"));
        assertThat(journal.last().get("type").getAsString()).isEqualTo("summary");
        assertThat(packageOf(journal.last())).isEqualTo(USED);
        assertThat(run.summary())
                .anyMatch(line -> line.matches("  package-0 +7\\.12 J .*counter"))
                .last()
                .asString()
                .contains(journal.file().toString());
    }

    @Test
    void holdsWholeLinesOnlyWhereTheDiskWasFullForAWhile() throws IOException {
        Path ledger = Files.createDirectory(directory.resolve("runs"));
        String[] small = Tools.mounted(ledger, "size=8k");
        String[] fill = {"sh", "-c", "head -c 4096 /dev/zero > \"$0/filler\" && exec \"$@\"", ledger.toString()};
        // More than the one block that is left, so that the first line does not fit.
        String labels = IntStream.range(0, 40)
                .mapToObj(i -> "label-" + i + ":" + "x".repeat(150))
                .collect(Collectors.joining(","));
        HostJvm host = host(JavaHome.current(), "ledger=" + ledger + ",labels=" + labels)
                .through(small)
                .through(fill);
        try (RunningHost running = host.start(Ending.class, "return")) {
            running.awaitStderr("could not be written");
            Path inside = Path.of("/proc", Long.toString(running.pid()), "root")
                    .resolve(ledger.toString().substring(1));
            Files.delete(inside.resolve("filler"));
            Journal journal = new Journal(inside);
            running.await("a checkpoint", () -> journal.tells("\"checkpoint\""));

            running.awaitStderr(" is written again");

            assertThat(journal.objects().stream()
                            .map(line -> line.get("type").getAsString())
                            .toList())
                    .startsWith("run", "checkpoint");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void putsTheSummaryIntoAFile(JavaHome home) throws IOException {
        Path summary = directory.resolve("summary.txt");

        HostRun run = meter(host(home, "summary=" + summary));

        assertThat(run.summary()).isEmpty();
        assertThat(Files.readString(summary))
                .startsWith("wattle: 7.12 J (0.00198 Wh), counter ")
                .contains("7.12 J");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void writesNoSummaryWhereNoneIsWanted(JavaHome home) {
        HostRun run = meter(host(home, "summary=off"));

        assertThat(run.summary()).isEmpty();
        assertThat(packageOf(new Journal(run.workingDirectory().resolve("runs")).last()))
                .isEqualTo(USED);
    }

    private HostJvm host(JavaHome home, String arguments) {
        return HostJvm.on(home).agent("http=off,sources=powercap,powercap-root=" + tree.root() + "," + arguments);
    }

    /** The last reading is taken when the program ends, so that what is used before that is in it. */
    private HostRun meter(HostJvm host) {
        try (RunningHost running = host.start(Ending.class, "return")) {
            running.awaitStderr("wattle: metering package-0 (counter)");
            tree.use(USED);
            running.endInput();
            return running.awaitExit();
        }
    }

    private static long packageOf(JsonObject line) {
        return line.getAsJsonObject("microjoules").get("package-0").getAsLong();
    }

    private static double seconds(JsonObject from, JsonObject to) {
        return Duration.between(instant(from), instant(to)).toMillis() / 1e3;
    }

    private static Instant instant(JsonObject line) {
        return Instant.parse(line.get(line.has("at") ? "at" : "started").getAsString());
    }
}
