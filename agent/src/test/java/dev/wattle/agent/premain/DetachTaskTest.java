/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.premain.counters.Baseline;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DetachTaskTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final TrainingFilter filter = new TrainingFilter();
    private final AgentSingleton singleton = new AgentSingleton();
    private final Instrumentation instrumentation = ByteBuddyAgent.install();
    private final AgentContext run = new AgentContext(
            null,
            instrumentation,
            err,
            filter,
            new File("agent.jar"),
            true,
            0,
            0,
            AttachResponse.none(),
            Baseline.of(null));

    @BeforeEach
    void startRun() throws IOException {
        Files.createFile(directory.resolve(AttachResponse.FILE));
        run.register();
        singleton.claim(run);
    }

    @Test
    void answersWithTheSummaryAndMakesRoomForAnotherRun() throws Exception {
        run.started("metering", () -> "the summary\n");

        detach(AttachResponse.into(directory.toFile()));

        assertThat(answer()).isEqualTo("done 0 12\nthe summary\n");
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("wattle: metering was ended by a detach\n");
        assertNothingLeft();
    }

    @Test
    void leavesNothingBehindWhenTheRunThrows() throws Exception {
        run.started("metering", () -> {
            throw new OutOfMemoryError("Java heap space");
        });

        detach(AttachResponse.into(directory.toFile()));

        assertThat(answer())
                .startsWith("refused 1 ")
                .contains(
                        "\nthe summary could not be made: ",
                        "Java heap space",
                        "\nmetering has ended without a summary; ");
        assertNothingLeft();
    }

    @Test
    void closesTheLoaderOfTheRun() throws Exception {
        boolean[] closed = new boolean[1];
        Thread ended = new Thread();
        run.lifecycle().setResources(ended, () -> closed[0] = true);
        run.started("metering", () -> "the summary\n");

        detach(AttachResponse.into(directory.toFile()));

        assertThat(closed[0]).isTrue();
    }

    @Test
    void printsTheSummaryOnStandardErrorWhenTheToolIsGone() throws Exception {
        run.started("metering", () -> "the summary\n");

        detach(AttachResponse.into(directory.resolve("gone").toFile()));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("the summary\nwattle: metering was ended by a detach\n");
        assertNothingLeft();
    }

    @Test
    void refusesWithoutARun() throws Exception {
        run.unregister(singleton);
        run.finish();

        detach(AttachResponse.into(directory.toFile()));

        assertThat(answer()).isEqualTo("refused 0 17\nit is not metered");
        assertThat(printed.size()).isZero();
    }

    private void detach(AttachResponse response) throws Exception {
        DetachTask.start(singleton, response, err).join();
    }

    private String answer() throws IOException {
        return Files.readString(directory.resolve(AttachResponse.FILE));
    }

    private void assertNothingLeft() {
        assertThat(singleton.current()).isNull();
        assertThat(instrumentation.removeTransformer(filter)).isFalse();
        assertThat(run.lifecycle().isFinished()).isTrue();
        assertThat(Runtime.getRuntime().removeShutdownHook(run.exitHook()))
                .as("the hook")
                .isFalse();
    }
}
