/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.program.FullHeap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that uses up the heap for some seconds and gets over it: so does the meter. */
class FullHeapIT {
    private static final long USED = 7_123_456;

    @TempDir
    private Path directory;

    @Tag("long")
    @ParameterizedTest
    @MethodSource("dev.wattle.agent.host.JavaHome#all")
    void metersServesAndReportsAgainOnceTheHeapHasRoom(JavaHome home) throws IOException {
        CounterTree tree = new CounterTree(Files.createDirectory(directory.resolve("powercap")));
        Path ledger = directory.resolve("runs");
        Journal journal = new Journal(ledger);
        HostRun run;
        try (RunningHost running = HostJvm.on(home)
                .jvmArguments("-Xmx40m")
                .agent("summary=full,sources=powercap,powercap-root=" + tree.root() + ",ledger=" + ledger)
                .start(FullHeap.class)) {
            URI endpoint = running.awaitEndpoint();
            running.await("a checkpoint", () -> journal.tells("\"checkpoint\""));
            running.stdin().write('\n');
            running.stdin().flush();
            running.awaitStdout("freed");
            tree.use(USED);

            running.await("a checkpoint of " + USED, () -> journal.tells("\"package-0\":" + USED));
            assertThat(Scrape.of(endpoint).sum("wattle_energy_joules_total", "device=\"package-0\""))
                    .isEqualTo(USED * 1e-6);
            running.endInput();
            run = running.awaitExit();
        }

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.summary()).anyMatch(line -> line.matches(" *package-0 +7\\.12.*"));
        assertThat(journal.last().get("type").getAsString()).isEqualTo("summary");
    }
}
