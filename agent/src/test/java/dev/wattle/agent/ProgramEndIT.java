/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static dev.wattle.agent.HostAssertions.assertUndisturbed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.TwoRuns;
import dev.wattle.agent.host.program.Ending;
import dev.wattle.agent.host.program.Trivial;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a program ends, it ends so under the meter, and the run is told where the JVM lets us. */
class ProgramEndIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    @ParameterizedTest
    @MethodSource("waysToEnd")
    void endsAsWithoutTheAgent(JavaHome home, String way, int exitCode, boolean summary) {
        HostRun run = assertUndisturbed(TwoRuns.of(() -> HostJvm.on(home), "", Ending.class, way));

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.summary().isEmpty()).isNotEqualTo(summary);
    }

    static Stream<Arguments> waysToEnd() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of(
                        Arguments.of(home, "return", 0, true),
                        Arguments.of(home, "exit", 3, true),
                        Arguments.of(home, "exit-of-many-threads", 5, true),
                        Arguments.of(home, "throw", 1, true),
                        Arguments.of(home, "halt", 4, false)));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void endsWithItsJournalWhereTheProgramHoldsStandardErrorForItself(JavaHome home, @TempDir Path ledger) {
        RunningHost running = HostJvm.on(home).agent("ledger=" + ledger).start(Ending.class, "exit-with-stderr-locked");
        running.awaitStdout("begun");
        running.awaitStderr("wattle: metering ");
        running.endInput();
        HostRun run = running.awaitExit();

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(new Journal(ledger).last().get("type").getAsString()).isEqualTo("summary");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void endsOnASignalAndReportsTheRun(JavaHome home) {
        RunningHost running = HostJvm.on(home).agent().start(Ending.class, "return");
        running.awaitStdout("begun");
        running.awaitStderr("wattle: metering ");
        running.terminate();
        HostRun run = running.awaitExit();

        assertThat(run.exitCode()).isEqualTo(143);
        assertThat(run.stdout()).isEqualTo("begun\ngoodbye\n");
        assertThat(run.summary()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void saysOnceThatNothingWasMeteredWhereAProgramEndsAtOnce(JavaHome home) {
        HostRun run = HostJvm.on(home).agent().run(Trivial.class, "3");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.stdout()).isEqualTo("hello from main\n");
        long said = run.wattleLines().stream()
                .filter(line -> line.equals("wattle: the program ended before metering started; nothing was metered"))
                .count();
        // On a fast machine the meter is there first.
        assertThat(said + (run.summary().isEmpty() ? 0 : 1)).isEqualTo(1);
    }
}
