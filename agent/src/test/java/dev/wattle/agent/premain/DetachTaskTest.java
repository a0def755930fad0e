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

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
    private final TrainingFilter filter = new TrainingFilter();
    private final AgentSingleton presence = new AgentSingleton();
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
            AttachResponse.toNobody(),
            Baseline.of(null));

    @BeforeEach
    void meter() throws IOException {
        Files.createFile(directory.resolve(AttachResponse.FILE));
        run.register();
        presence.enter(run);
    }

    @Test
    void answersWithTheSummaryOnceThePlaceIsFree() throws Exception {
        run.started("metering", () -> "the summary\n");

        depart(AttachResponse.into(directory.toFile()));

        assertThat(answer()).isEqualTo("done 0 12\nthe summary\n");
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("wattle: metering was ended by a detach\n");
        assertNothingLeft();
    }

    @Test
    void leavesNothingBehindWhateverTheRunThrows() throws Exception {
        run.started("metering", () -> {
            throw new OutOfMemoryError("Java heap space");
        });

        depart(AttachResponse.into(directory.toFile()));

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
        run.ending().livesIn(ended, () -> closed[0] = true);
        run.started("metering", () -> "the summary\n");

        depart(AttachResponse.into(directory.toFile()));

        assertThat(closed[0]).isTrue();
    }

    @Test
    void tellsTheSummaryOnStandardErrorWhereTheToolIsGone() throws Exception {
        run.started("metering", () -> "the summary\n");

        depart(AttachResponse.into(directory.resolve("gone").toFile()));

        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("the summary\nwattle: metering was ended by a detach\n");
        assertNothingLeft();
    }

    @Test
    void saysThatThereIsNothingToEnd() throws Exception {
        run.withdrawFrom(presence);
        run.forget();

        depart(AttachResponse.into(directory.toFile()));

        assertThat(answer()).isEqualTo("refused 0 17\nit is not metered");
        assertThat(said.size()).isZero();
    }

    private void depart(AttachResponse reply) throws Exception {
        DetachTask.start(presence, reply, err).join();
    }

    private String answer() throws IOException {
        return Files.readString(directory.resolve(AttachResponse.FILE));
    }

    private void assertNothingLeft() {
        assertThat(presence.present()).isNull();
        assertThat(instrumentation.removeTransformer(filter)).isFalse();
        assertThat(run.ending().isGone()).isTrue();
        assertThat(Runtime.getRuntime().removeShutdownHook(run.exit()))
                .as("the hook")
                .isFalse();
    }
}
