/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.energy.DrivenMachine;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.program.LeftOpen;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that fails half-way, here for want of a class, leaves nothing running and nothing open. */
class FailedStartIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core/sampling/Sampler",
                "core/report/json/JournalLines",
                "core/ledger/RunJournal",
                "agent/jfr/JfrEvents",
                "core/attribution/TrainingMeter"
            })
    void leavesNoThreadAndNoOpenFile(String missing, @TempDir Path sys, @TempDir Path directory) throws Exception {
        Path jar = without("inst/dev/wattle/" + missing + ".classdata", directory.resolve("agent.jar"));
        try (DrivenMachine machine = DrivenMachine.start(sys);
                RunningHost host = HostJvm.on(JavaHome.current())
                        .jvmArguments("-javaagent:" + jar + "=powercap-root=" + machine.powercap() + ",ledger="
                                + directory.resolve("runs"))
                        .start(LeftOpen.class, "/")) {
            host.awaitStderr("wattle: not metering: ");
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(run.exitCode()).as(run.stderr()).isZero();
            assertThat(run.stdout().lines().findFirst()).as(run.stderr()).hasValue("threads []");
            assertThat(run.stdout()).doesNotContain("energy_uj").doesNotContain(".jsonl");
        }
    }

    private static Path without(String entry, Path copy) throws IOException {
        Files.copy(HostJvm.agentJar(), copy);
        try (FileSystem jar = FileSystems.newFileSystem(copy)) {
            Files.delete(jar.getPath(entry));
        }
        return copy;
    }
}
