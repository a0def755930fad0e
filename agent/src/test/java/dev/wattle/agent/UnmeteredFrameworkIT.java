/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.program.MovedFramework;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A framework that is there and not metered is told of wherever one looks. */
class UnmeteredFrameworkIT {
    private static final String SENTENCE = "ai.djl.elsewhere.Trainer is not metered: this version of djl";

    @ParameterizedTest
    @MethodSource("dev.wattle.agent.host.JavaHome#all")
    void isInTheLogTheListTheDoctorTheLiveDataTheJournalAndTheSummary(JavaHome home) {
        try (RunningHost host = HostJvm.on(home).agent().start(MovedFramework.class)) {
            host.awaitStderr(SENTENCE);
            assertThat(Scrape.get(host.awaitEndpoint().resolve("/run"))).contains("\"unmetered\":[\"" + SENTENCE);
            host.await("a line of the list", () -> list().contains(SENTENCE));

            assertThat(list())
                    .containsPattern("(?m)^ *" + host.pid() + " .* yes .*\\n *page .*\\n *journal .*\\n *note \\Q"
                            + SENTENCE + "\\E");
            assertThat(command("doctor", "sources=model").stdout())
                    .containsIgnoringWhitespaces(
                            "In the JVM " + host.pid() + " (" + MovedFramework.class.getName() + "): " + SENTENCE);

            host.endInput();
            HostRun run = host.awaitExit();
            assertThat(run.stderr()).containsIgnoringWhitespaces("note " + SENTENCE);
            assertThat(new Journal(run.workingDirectory().resolve("runs"))
                            .last()
                            .getAsJsonArray("unmetered")
                            .get(0)
                            .getAsString())
                    .startsWith(SENTENCE);
        }
    }

    private static String list() {
        return command("list").stdout();
    }

    private static HostRun command(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "-jar";
        all[1] = HostJvm.agentJar().toString();
        System.arraycopy(words, 0, all, 2, words.length);
        return HostJvm.on(JavaHome.current()).runJava(all);
    }
}
