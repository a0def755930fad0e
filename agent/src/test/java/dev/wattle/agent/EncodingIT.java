/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.program.Ending;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines and names are whole whatever encodings the program has for itself. */
class EncodingIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    @ParameterizedTest
    @MethodSource(JAVAS)
    void writesLinesOfItsOwnEncodingWhateverTheProgramsTextsAreIn(JavaHome home) {
        HostRun run = meter(
                HostJvm.on(home).jvmArguments("-Dfile.encoding=UTF-16").agent("http=off,summary=full,project=Zürich"));

        assertThat(run.summary()).anyMatch(line -> line.endsWith("(Zürich)"));
        assertThat(run.wattleLines()).anyMatch(line -> line.startsWith("wattle: metering "));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void writesNamesWholeInTheLocaleThatContainersHave(JavaHome home) {
        HostRun run = meter(HostJvm.on(home).environment("LC_ALL", "C").agent("http=off,summary=full,project=Zürich"));

        assertThat(run.summary()).anyMatch(line -> line.endsWith("(Zürich)"));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void readsNamesWholeInTheLocaleThatContainersHave(JavaHome home) {
        HostRun run = meter(HostJvm.on(home)
                .environment("LC_ALL", "C")
                .environment("WATTLE_PROJECT", "Zürich")
                .jvmArguments("-Dwattle.run=Genève")
                .agent("http=off,summary=full"));

        assertThat(run.summary()).anyMatch(line -> line.endsWith(" Genève (Zürich)"));
    }

    private static HostRun meter(HostJvm host) {
        try (RunningHost running = host.start(Ending.class, "return")) {
            // The program's own lines may be in any encoding; that it is metered shows in this one.
            running.awaitStderr("wattle: metering ");
            running.endInput();
            return running.awaitExit();
        }
    }
}
