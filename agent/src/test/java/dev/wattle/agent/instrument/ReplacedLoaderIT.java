/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.program.ReplacedLoader;
import dev.wattle.agent.host.program.StepsUntilInputEnds;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that replaces the system class loader, to which the JVM adds the agent's jar. */
class ReplacedLoaderIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    @ParameterizedTest
    @MethodSource(JAVAS)
    void logsOnceThatTrainingClassesCannotCallTheAgentAndTheFix(JavaHome home) throws IOException {
        try (RunningHost host = replaced(home).start(StepsUntilInputEnds.class)) {
            host.awaitStderr("cannot call the agent");
            host.awaitEndpoint();
            HostRun run = end(host);

            assertThat(run.exitCode()).isZero();
            assertThat(run.stdout()).isEmpty();
            assertThat(run.foreignLines()).isEmpty();
            assertThat(run.wattleLines().stream().filter(line -> line.contains("cannot call the agent")))
                    .singleElement()
                    .asString()
                    .contains("ai.djl.training.Trainer", "put wattle-agent.jar on the class path too (-cp)");
            assertThat(String.join("\n", run.summary())).containsIgnoringWhitespaces("they cannot call the agent");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void countsIterationsWhereTheAgentIsOnTheClassPathTooAsThatLineSays(JavaHome home) throws IOException {
        try (RunningHost host = replaced(home)
                .classPath(HostJvm.testClasses(), HostJvm.agentJar())
                .start(StepsUntilInputEnds.class)) {
            URI endpoint = host.awaitEndpoint();
            host.await(
                    "iterations",
                    () -> Scrape.of(endpoint).sum("wattle_training_iterations_total", "framework=\"djl\"") > 0);
            HostRun run = end(host);

            assertThat(run.wattleLines()).noneMatch(line -> line.contains("not metered:"));
            assertThat(run.stderr()).doesNotContain("cannot call the agent");
        }
    }

    private static HostJvm replaced(JavaHome home) {
        return HostJvm.on(home)
                // With its archive of classes the JVM warns of such a loader by itself.
                .jvmArguments("-Xshare:off", "-Djava.system.class.loader=" + ReplacedLoader.class.getName())
                .agent();
    }

    private static HostRun end(RunningHost host) throws IOException {
        host.stdin().write('\n');
        host.stdin().flush();
        return host.awaitExit();
    }
}
